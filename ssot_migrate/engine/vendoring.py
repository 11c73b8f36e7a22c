"""The plan's first step where the runtime is missing: bring it along, as ordinary files."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role
from ssot_migrate.plans.model import FilePlan, PlannedEdit, Step, blob_id

RULE = "runtime"
ROOT_CONFTEST = b'''"""Marks the root of the repository, so that pytest puts it on the import path."""
'''


def vendored_files(
    runtime: Mapping[str, bytes], core: Collection[str], present: Collection[str], width: int
) -> Iterator[FilePlan]:
    """Plans for those ``core`` files of the runtime that the repository does not have."""
    wanted = {path: runtime[path] for path in core}
    if "conftest.py" not in present and "__init__.py" not in present:
        wanted["conftest.py"] = ROOT_CONFTEST
    for path in sorted(wanted):
        if path not in present:
            yield new_file(path, wanted[path], width)


def new_file(path: str, data: bytes, width: int) -> FilePlan:
    """The plan that creates ``path`` in the foundation branch."""
    edit = PlannedEdit(0, 0, data.decode("utf-8"), 0, 0)
    return FilePlan(path, "foundation", "", (Step(RULE, blob_id(data, width)),), (edit,), foundation=True)


def needs_runtime(targets: Mapping[Role, Target], files: Iterable[FilePlan]) -> bool:
    """Whether any planned edit imports from a module that must be vendored."""
    modules = {target.module for target in targets.values() if target.vendored}
    return any(module in edit.text for file in files for edit in file.edits for module in modules)
