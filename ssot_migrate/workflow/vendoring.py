"""The plan's first step where the runtime is missing: bring along what the edits import, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ssot_migrate.engine.store import Notes
from ssot_migrate.git.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role
from ssot_migrate.plans.model import FilePlan, PlannedEdit, Step, blob_id
from ssot_migrate.runtime.catalog import runtime_files
from ssot_migrate.runtime.manifest import MANIFEST, parse_manifest, render_manifest
from ssot_migrate.runtime.vendoring import Fate, recorded, settle

RULE = "runtime"


def vendored_files(
    repo: Repository, base: str, targets: Mapping[Role, Target], files: Iterable[FilePlan], notes: Notes
) -> list[FilePlan]:
    """Plans for the runtime files that ``files`` need and the commit ``base`` lacks, and for their manifest.

    ``notes`` may say what is imported by the files that are needed.

    Raises:
        UsageError: the manifest in ``base`` is none.
    """
    start = sorted(_needed(targets, files))
    if not start:
        return []
    needed = notes.remembered("runtime", repr(start).encode(), set[str], lambda: _closure(start))
    wanted = {path: runtime_files()[path] for path in needed}
    held = repo.read_files(base, {*wanted, MANIFEST, "conftest.py", "__init__.py"})
    present = {path: data for path, (data, _) in held.items()}
    manifest = parse_manifest(present.get(MANIFEST))
    settled = settle(wanted, manifest, present.get)
    new = {each.path: each.data for each in settled if each.fate in (Fate.NEW, Fate.REMOVED)}
    if not new:
        return []
    new[MANIFEST] = render_manifest(recorded(manifest, settled, new))
    return [whole_file(path, present.get(path), new[path], len(base)) for path in sorted(new)]


def whole_file(path: str, before: bytes | None, after: bytes, width: int = 40) -> FilePlan:
    """The plan of a runtime file that is created, or replaced as a whole; ``width`` of the object ids."""
    old = b"" if before is None else before
    edit = PlannedEdit(0, len(old), after.decode("utf-8"), 0, 0)
    step = Step(RULE, blob_id(after, width))
    oid = "" if before is None else blob_id(before, width)
    return FilePlan(path, "foundation", oid, (step,), (edit,), foundation=True)


def _closure(start: Iterable[str]) -> set[str]:
    from ssot_migrate.runtime.imports import closure

    return closure(runtime_files(), start)


def _needed(targets: Mapping[Role, Target], files: Iterable[FilePlan]) -> Iterator[str]:
    """Paths of vendored targets that the text of some edit names, as a module or as a file."""
    left = [target for target in targets.values() if target.vendored]
    for file in files:
        text = "\0".join(edit.text for edit in file.edits)
        found = [target for target in left if target.module in text or target.path in text]
        yield from (target.path for target in found)
        left = [target for target in left if target not in found]
