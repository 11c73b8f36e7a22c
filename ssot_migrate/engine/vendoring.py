"""The plan's first step where the runtime is missing: bring along what the edits import, and no more."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping

from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role
from ssot_migrate.plans.model import FilePlan, PlannedEdit, Step, blob_id

RULE = "runtime"
ROOT_CONFTEST = b'''"""Marks the root of the repository, so that pytest puts it on the import path."""
'''


def vendored_files(
    runtime: Mapping[str, bytes],
    targets: Mapping[Role, Target],
    files: Iterable[FilePlan],
    present: Collection[str],
    width: int,
) -> Iterator[FilePlan]:
    """Plans for the runtime files that ``files`` need, with all that these import, and are not ``present``.

    ``width`` is the length of the repository's object ids.
    """
    needed = _closure(runtime, _needed(targets, files))
    wanted = {path: runtime[path] for path in needed}
    if wanted and "conftest.py" not in present and "__init__.py" not in present:
        wanted["conftest.py"] = ROOT_CONFTEST
    for path in sorted(wanted):
        if path not in present:
            yield _new_file(path, wanted[path], width)


def _new_file(path: str, data: bytes, width: int) -> FilePlan:
    edit = PlannedEdit(0, 0, data.decode("utf-8"), 0, 0)
    return FilePlan(path, "foundation", "", (Step(RULE, blob_id(data, width)),), (edit,), foundation=True)


def _needed(targets: Mapping[Role, Target], files: Iterable[FilePlan]) -> set[str]:
    """Paths of vendored targets that the text of some edit names, as a module or as a file."""
    vendored = [target for target in targets.values() if target.vendored]
    texts = [edit.text for file in files for edit in file.edits]
    return {t.path for t in vendored if any(t.module in text or t.path in text for text in texts)}


def _closure(runtime: Mapping[str, bytes], start: Iterable[str]) -> set[str]:
    """``start`` with every runtime file that is imported from there, and the packages around them."""
    found: set[str] = set()
    queue = list(start)
    while queue:
        path = queue.pop()
        if path in found:
            continue
        found.add(path)
        queue += [p for p in (*_imports(runtime[path]), *_packages(path)) if p in runtime]
    return found


def _imports(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isprintable():
            modules = [node.value]  # a plugin is loaded by its name
        else:
            continue
        for module in modules:
            relative = module.replace(".", "/")
            yield from (f"{relative}.py", f"{relative}/__init__.py")


def _packages(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield f"{folder}/__init__.py"
        folder = folder.rpartition("/")[0]
