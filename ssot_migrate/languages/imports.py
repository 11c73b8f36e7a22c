"""Import requests become edits, once per file: added in the right place, dropped only when unused."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import NamedTuple

from ssot_migrate.edits import Edit, Span
from ssot_migrate.languages.import_edits import ImportEdits
from ssot_migrate.languages.import_names import FileNames
from ssot_migrate.languages.import_places import Surroundings
from ssot_migrate.languages.layout import ImportStatement, Layout
from ssot_migrate.model import ImportRequest

MARK = "\x00"


def placeholder(request: ImportRequest) -> str:
    """What stands in an edit's text for the local name that the file will give to ``request``."""
    return f"{MARK}{request.module}:{request.name}{MARK}"


class Need(NamedTuple):
    """A request and the offset of its use if that runs while the module is imported, else -1."""

    request: ImportRequest
    eager_at: int


class ImportPlan(NamedTuple):
    """Edits on import lines, and the local name of each requested ``module:name``."""

    edits: tuple[Edit, ...]
    names: dict[str, str]

    def fill(self, text: str) -> str:
        """``text`` with every placeholder replaced by the local name."""
        if MARK not in text:
            return text
        parts = text.split(MARK)
        return "".join(self.names[part] if index % 2 else part for index, part in enumerate(parts))


def plan_imports(
    text: bytes,
    layout: Layout,
    needs: Sequence[Need],
    drops: Collection[str],
    edited: Sequence[Span],
    parse: Callable[[], ast.Module],
    around: Surroundings | None = None,
) -> ImportPlan:
    """Decide all import edits of one file.

    Args:
        text: the file as UTF-8.
        layout: its imports.
        needs: what the file's changes ask for.
        drops: local names that its changes no longer use.
        edited: spans that the changes replace.
        parse: the file's tree, called only where the text alone cannot tell.
        around: what the repository tells of the file; without it new imports follow the last one.
    """
    lines = ImportEdits(text, layout, edited, around)
    return _Planner(len(text), layout, lines, FileNames(text, layout, edited, parse)).plan(needs, drops)


class _Planner:
    def __init__(self, size: int, layout: Layout, lines: ImportEdits, names: FileNames) -> None:
        self.size, self.layout, self.lines, self.names = size, layout, lines, names

    def plan(self, needs: Sequence[Need], drops: Collection[str]) -> ImportPlan:
        names = {key: self._provide(group) for key, group in _grouped(needs).items()}
        return ImportPlan(tuple(self.lines.edits(self._dropped(drops))), names)

    def _provide(self, group: list[Need]) -> str:
        request = group[0].request
        dotted = f"{request.module}.{request.name}"
        eager = [need.eager_at for need in group if need.eager_at >= 0]
        limit = min([*eager, self.size])
        for statement in self.layout.imports:
            for local, known in statement.names:
                usable = known == dotted and statement.top and statement.end <= limit
                if usable and not self.names.bound_elsewhere(local, dotted):
                    return local
        local = self.names.free_name(request, dotted)
        if any(need.request.like < 0 for need in group) or eager:
            self.lines.add_top(request, local, limit)
        else:
            for like in sorted({need.request.like for need in group}):
                self.lines.add_beside(request, local, like)
        return local

    def _dropped(self, drops: Collection[str]) -> dict[ImportStatement, set[str]]:
        dropped: dict[ImportStatement, set[str]] = {}
        for name in drops:
            binders = [s for s in self.layout.imports if any(local == name for local, _ in s.names)]
            if binders and name not in self.layout.exported and self.names.unused(name, binders):
                for statement in binders:
                    dropped.setdefault(statement, set()).add(name)
        return {s: gone for s, gone in dropped.items() if self.lines.removable(s, gone)}


def _grouped(needs: Iterable[Need]) -> dict[str, list[Need]]:
    groups: dict[str, list[Need]] = {}
    for need in needs:
        groups.setdefault(f"{need.request.module}:{need.request.name}", []).append(need)
    return groups
