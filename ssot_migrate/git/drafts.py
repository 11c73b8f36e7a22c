"""Which branches a replayed plan asks for, which stands on which, and what each holds."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ssot_migrate.errors import PlanTampered
from ssot_migrate.git.importing import NewFile
from ssot_migrate.git.names import FOUNDATION, branch_ref, ref_components
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import AppliedFile, Outcome


class Draft(NamedTuple):
    """A branch to be: its own files, and the branch below it ("": the base) with that one's files."""

    service: str
    ref: str
    files: Sequence[AppliedFile]
    below: str = ""
    files_below: Sequence[AppliedFile] = ()

    @property
    def content(self) -> dict[str, tuple[str, str]]:
        """Mode and blob id of every path in which the branch differs from the plan's base (zeros: gone)."""
        files = [applied.file for applied in chain(self.files_below, self.files)]
        found = {f.path: (f.mode, f.steps[-1].after) for f in files if f.steps[-1].after != f.before}
        for file in (file for file in files if file.moved):
            found |= {file.path: ("000000", "0" * len(file.before)), file.moved: (file.mode, file.before)}
        return found

    def by_rule(self) -> dict[str, list[NewFile]]:
        """By the slug of each rule that has a step here, the files as that step leaves them."""
        found: dict[str, list[NewFile]] = {}
        for applied in self.files:
            for step, text in zip(applied.file.steps, applied.texts, strict=True):
                found.setdefault(step.rule, []).extend(_as_left(applied, text))
        return found


def _as_left(applied: AppliedFile, text: bytes) -> Iterator[NewFile]:
    file = applied.file
    yield NewFile(file.mode, file.moved or file.path, text)
    if file.moved:
        yield NewFile("", file.path, b"")


def draft_branches(plan: Plan, outcome: Outcome, services: Collection[str] | None) -> list[Draft]:
    """The foundation branch, if there is one, then one branch for each of ``services`` (None: all).

    Raises:
        PlanTampered: the plan is not sealed, so that its branches have no name.
    """
    if not plan.digest:
        raise PlanTampered("the plan is not sealed")
    shared = [applied for applied in outcome.applied if applied.file.foundation]
    below = branch_ref(FOUNDATION, plan.digest) if shared else ""
    components = ref_components(_services(plan))
    files = _by_service(outcome.applied)
    own = [
        Draft(service, branch_ref(component, plan.digest), files[service], below, shared)
        for service, component in components.items()
        if service in files and (services is None or service in services)
    ]
    wanted = shared and (own or services is None)
    return [Draft(FOUNDATION, below, shared), *own] if wanted else own


def _services(plan: Plan) -> Iterable[str]:
    return dict.fromkeys(file.service for file in plan.files if not file.foundation)


def _by_service(applied: Iterable[AppliedFile]) -> dict[str, list[AppliedFile]]:
    files: dict[str, list[AppliedFile]] = {}
    for each in applied:
        if not each.file.foundation:
            files.setdefault(each.file.service, []).append(each)
    return files
