"""Replaying a sealed plan: splice, and believe only what hashes to what the plan says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from ssot_migrate.edits import Edit, splice
from ssot_migrate.errors import PlanTampered
from ssot_migrate.plans.model import FilePlan, Plan, blob_id
from ssot_migrate.plans.outcome import AppliedFile, Outcome, StaleFile

ReadBase = Callable[[str], tuple[bytes, str] | None]


def replay(plan: Plan, read_base: ReadBase, services: Collection[str] | None = None) -> Outcome:
    """All that ``blobs`` yields, fresh and stale files apart."""
    files = tuple(blobs(plan, read_base, services))
    return Outcome(
        applied=tuple(file for file in files if isinstance(file, AppliedFile)),
        stale=tuple(file for file in files if isinstance(file, StaleFile)),
    )


def blobs(
    plan: Plan, read_base: ReadBase, services: Collection[str] | None = None
) -> Iterator[AppliedFile | StaleFile]:
    """Every planned file of ``services`` (None: all; foundation files always), replayed or stale.

    ``read_base`` gives the bytes and the git mode of a path today, or None if there is no plain file.

    Raises:
        PlanTampered: a step's bytes do not hash to what the plan says.
    """
    for file in plan.files:
        if services is None or file.foundation or file.service in services:
            taken = bool(file.moved) and read_base(file.moved) is not None
            yield _replay(file, read_base(file.path), len(plan.base), taken)


def _replay(
    file: FilePlan, base: tuple[bytes, str] | None, width: int, taken: bool
) -> AppliedFile | StaleFile:
    if taken:
        return StaleFile(file.path, f"was to move to {file.moved}, where a file stands by now")
    if reason := _staleness(file, base, width):
        return StaleFile(file.path, reason)
    data = base[0] if base else b""
    return AppliedFile(file, tuple(_step(file, index, data, width) for index in range(len(file.steps))))


def _staleness(file: FilePlan, base: tuple[bytes, str] | None, width: int) -> str:
    if base is None:
        return "is gone or is no plain file any more" if file.before else ""
    if not file.before:
        return "is there already, but the plan would create it"
    if blob_id(base[0], width) != file.before:
        return "has changed since the plan was made"
    return "" if base[1] == file.mode else f"has mode {base[1]}, not {file.mode} as in the plan"


def _step(file: FilePlan, index: int, data: bytes, width: int) -> bytes:
    step = file.steps[index]
    alive = (Edit(e.start, e.end, e.text) for e in file.edits if e.since <= index <= e.until)
    try:
        text = splice(data, alive, file.encoding)
    except ValueError as error:
        raise PlanTampered(f"{file.path!r} cannot be edited as planned: {error}") from error
    if blob_id(text, width) != step.after:
        raise PlanTampered(f"{file.path!r} does not become what the plan says it does ({step.rule})")
    return text
