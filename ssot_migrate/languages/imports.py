"""Import requests become edits, once per file: added in the right place, dropped only when unused."""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ssot_migrate.edits import Edit, Span
from ssot_migrate.languages.decoding import BOM, line_starts
from ssot_migrate.languages.import_line import rewritten
from ssot_migrate.languages.layout import ImportStatement, Layout
from ssot_migrate.languages.words import code_uses, is_plain_use, may_bind, word_offsets
from ssot_migrate.model import ImportRequest

MARK = "\x00"
_LINE = 100


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
) -> ImportPlan:
    """Decide all import edits of one file.

    Args:
        text: the file as UTF-8.
        layout: its imports.
        needs: what the file's changes ask for.
        drops: local names that its changes no longer use.
        edited: spans that the changes replace.
        parse: the file's tree, called only where the text alone cannot tell.
    """
    return _Planner(text, layout, edited, parse).plan(needs, drops)


class _Planner:
    def __init__(
        self, text: bytes, layout: Layout, edited: Sequence[Span], parse: Callable[[], ast.Module]
    ) -> None:
        self.text, self.layout, self.edited, self.parse = text, layout, edited, parse
        self.added: dict[ImportStatement, list[tuple[str, str]]] = {}
        self.inserts: dict[tuple[int, str, str], list[str]] = {}

    def plan(self, needs: Sequence[Need], drops: Collection[str]) -> ImportPlan:
        names = {}
        for key, group in _grouped(needs).items():
            names[key] = self._provide(group)
        dropped = self._dropped(drops)
        return ImportPlan(tuple(self._edits(dropped)), names)

    # -- adding ------------------------------------------------------------------------------

    def _provide(self, group: list[Need]) -> str:
        request = group[0].request
        dotted = f"{request.module}.{request.name}"
        eager = [need.eager_at for need in group if need.eager_at >= 0]
        limit = min([*eager, len(self.text)])
        for statement in self.layout.imports:
            for local, known in statement.names:
                usable = known == dotted and statement.top and statement.end <= limit
                if usable and not self._bound_elsewhere(local, dotted):
                    return local
        local = self._free_name(request, dotted)
        if any(need.request.like < 0 for need in group) or eager:
            self._add_top(request, local, limit)
        else:
            for like in sorted({need.request.like for need in group}):
                self._add_beside(request, local, like)
        return local

    def _free_name(self, request: ImportRequest, dotted: str) -> str:
        name = request.alias or request.name
        if not any(True for _ in word_offsets(self.text, name)):
            return name
        if not self._bound_elsewhere(name, dotted):
            return name
        candidate = f"ssot_{name}"
        while candidate.encode() in self.text:
            candidate = f"_{candidate}"
        return candidate

    def _bound_elsewhere(self, name: str, dotted: str) -> bool:
        """Whether the file gives ``name`` any meaning of its own, in any scope."""
        imports = [pair for statement in self.layout.imports for pair in statement.names if pair[0] == name]
        if any(known != dotted for _, known in imports):
            return True
        if not self._may_bind(name):
            return False
        for node in ast.walk(self.parse()):
            match node:
                case ast.Name(id=found, ctx=ast.Store() | ast.Del()) | ast.arg(arg=found):
                    pass
                case (
                    ast.FunctionDef(name=found) | ast.AsyncFunctionDef(name=found) | ast.ClassDef(name=found)
                ):
                    pass
                case ast.Global(names=found_names) | ast.Nonlocal(names=found_names):
                    found = name if name in found_names else ""
                case ast.ExceptHandler(name=str(found)) | ast.MatchAs(name=str(found)):
                    pass
                case _:
                    continue
            if found == name and not self._removed(node):
                return True
        return False

    def _may_bind(self, name: str) -> bool:
        """Whether the text outside of import statements leaves a binding open."""
        ordered = sorted((s.start, s.end) for s in self.layout.imports)
        ends = [0, *(end for _, end in ordered)]
        starts = [*(start for start, _ in ordered), len(self.text)]
        return any(may_bind(self.text, name, end, start) for end, start in zip(ends, starts, strict=True))

    def _removed(self, node: ast.AST) -> bool:
        """Whether an edit takes the place of a whole definition."""
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            return False
        offset = line_starts(self.text)[node.lineno - 1] + node.col_offset
        return any(span.start <= offset < span.end for span in self.edited)

    def _add_top(self, request: ImportRequest, local: str, limit: int) -> None:
        for statement in self.layout.imports:
            same = statement.top and statement.module == request.module and statement.end <= limit
            if same and statement.alone and not any(known.endswith(".*") for _, known in statement.names):
                self.added.setdefault(statement, []).append((request.name, local))
                return
        line = _import_line(request, local)
        anchor = self._anchor(min(limit, self.layout.definitions))
        if anchor is None:
            self.inserts.setdefault((self._body_offset(), "", _newline(self.text)), []).append(line)
        else:
            self.inserts.setdefault((anchor, "after", self._newline_at(anchor)), []).append(line)

    def _anchor(self, limit: int) -> int | None:
        """The end of the last import (or ``sys.path`` set-up) before ``limit`` that fills its own lines."""
        ends = [s.end for s in self.layout.imports if s.top and s.alone and not s.future and s.end <= limit]
        ends += [end for end in self.layout.path_setup if end <= limit]
        return max(ends, default=None)

    def _add_beside(self, request: ImportRequest, local: str, like: int) -> None:
        start = self.text.rfind(b"\n", 0, like) + 1
        line = self.text[start:like].decode() + _import_line(request, local)
        statement = next((s for s in self.layout.imports if s.start == like), None)
        if statement is not None and self._fills_its_lines(statement):
            key = (statement.end, "after", self._newline_at(statement.end))
        elif statement is None and not self.text[start:like].strip():
            key = (start, "before", self._newline_at(like))
        else:
            self._add_top(request, local, len(self.text))
            return
        self.inserts.setdefault(key, []).append(line)

    def _fills_its_lines(self, statement: ImportStatement) -> bool:
        start = self.text.rfind(b"\n", 0, statement.start) + 1
        tail = self.text[statement.end : self._line_end(statement.end)].lstrip()
        return not self.text[start : statement.start].strip() and (not tail or tail.startswith(b"#"))

    def _body_offset(self) -> int:
        return max(self.layout.body, len(BOM) if self.text.startswith(BOM) else 0)

    # -- dropping ----------------------------------------------------------------------------

    def _dropped(self, drops: Collection[str]) -> dict[ImportStatement, set[str]]:
        dropped: dict[ImportStatement, set[str]] = {}
        for name in drops:
            binders = [s for s in self.layout.imports if any(local == name for local, _ in s.names)]
            if binders and name not in self.layout.exported and self._unused(name, binders):
                for statement in binders:
                    if self._removable(statement):
                        dropped.setdefault(statement, set()).add(name)
        return {s: gone for s, gone in dropped.items() if self._keeps_comments(s, gone)}

    def _unused(self, name: str, binders: Sequence[ImportStatement]) -> bool:
        taken = [*self.edited, *(Span(s.start, s.end) for s in binders)]
        rest = [o for o in word_offsets(self.text, name) if not any(s.start <= o < s.end for s in taken)]
        statements = [Span(s.start, s.end) for s in self.layout.imports]
        loose = [o for o in rest if not any(s.start <= o < s.end for s in statements)]
        if any(is_plain_use(self.text, name, offset) for offset in loose):
            return False
        return not rest or not code_uses(self.text, self.parse(), name, rest)

    def _removable(self, statement: ImportStatement) -> bool:
        tail = self.text[statement.end : self._line_end(statement.end)]
        return statement.alone and not tail.strip()

    def _keeps_comments(self, statement: ImportStatement, gone: set[str]) -> bool:
        """Whether no comment inside the statement goes with the names ``gone``."""
        old = self.text[statement.start : statement.end].decode()
        if "#" not in old or {local for local, _ in statement.names} <= gone:
            return "#" not in old
        return rewritten(old, gone, []).count("#") == old.count("#")

    # -- edits -------------------------------------------------------------------------------

    def _edits(self, dropped: dict[ImportStatement, set[str]]) -> Iterator[Edit]:
        for statement in sorted({*dropped, *self.added}, key=lambda s: s.start):
            yield from self._statement_edit(statement, dropped.get(statement, set()))
        for (offset, where, newline), lines in sorted(self.inserts.items()):
            unique = _by_module(lines)
            if where == "after":
                gone = next((s for s in dropped if s.end == offset and self._all_gone(s, dropped)), None)
                if gone is not None:
                    yield self._replacement(gone, unique, newline)
                else:
                    end = self._line_end(offset)
                    yield Edit(end, end, "".join(newline + line for line in unique))
            else:
                gap = "" if where == "before" else self._gap(offset, newline)
                yield Edit(offset, offset, "".join(line + newline for line in unique) + gap)

    def _all_gone(self, statement: ImportStatement, dropped: dict[ImportStatement, set[str]]) -> bool:
        return {local for local, _ in statement.names} <= dropped[statement]

    def _replacement(self, statement: ImportStatement, lines: list[str], newline: str) -> Edit:
        """The dropped statement's own place takes the new import: one line for one line."""
        start = self.text.rfind(b"\n", 0, statement.start) + 1
        indent = self.text[start : statement.start].decode()
        stripped = [line.removeprefix(indent) for line in lines]
        return Edit(statement.start, statement.end, (newline + indent).join(stripped))

    def _statement_edit(self, statement: ImportStatement, gone: set[str]) -> Iterator[Edit]:
        added = self.added.get(statement, [])
        if not added and {local for local, _ in statement.names} <= gone:
            if not any(where == "after" and offset == statement.end for offset, where, _ in self.inserts):
                start = self.text.rfind(b"\n", 0, statement.start) + 1
                yield Edit(start, self._past_newline(statement.end), "")
            return
        old = self.text[statement.start : statement.end].decode()
        new = rewritten(old, gone, added)
        if new != old:
            yield Edit(statement.start, statement.end, new)

    def _gap(self, offset: int, newline: str) -> str:
        """A blank line between a new first import and code; none before another import."""
        following = self.text[offset:].lstrip()
        return "" if not following or following.startswith((b"import ", b"from ")) else newline

    def _line_end(self, offset: int) -> int:
        ends = [end for end in (self.text.find(b"\n", offset), self.text.find(b"\r", offset)) if end >= 0]
        return min(ends, default=len(self.text))

    def _past_newline(self, offset: int) -> int:
        end = self._line_end(offset)
        return end + (2 if self.text[end : end + 2] == b"\r\n" else 1 if end < len(self.text) else 0)

    def _newline_at(self, offset: int) -> str:
        end = self._line_end(offset)
        ending = self.text[end : self._past_newline(offset)].decode()
        return ending or _newline(self.text)


def _grouped(needs: Iterable[Need]) -> dict[str, list[Need]]:
    groups: dict[str, list[Need]] = {}
    for need in needs:
        groups.setdefault(f"{need.request.module}:{need.request.name}", []).append(need)
    return groups


def _newline(text: bytes) -> str:
    first = text.find(b"\n")
    return "\r\n" if first > 0 and text[first - 1 : first] == b"\r" else "\n"


def _by_module(lines: Iterable[str]) -> list[str]:
    """Import lines, each once, as import sorters put them; those of one module as one while that is short."""
    joined: dict[str, str] = {}
    for line in sorted(set(lines), key=str.casefold):
        module, _, names = line.partition(" import ")
        longer = f"{joined[module]}, {names}" if module in joined else line
        fits = len(longer) <= _LINE
        joined[module if fits else line] = longer if fits else line
    return list(joined.values())


def _import_line(request: ImportRequest, local: str) -> str:
    alias = f" as {local}" if local != request.name else ""
    return f"from {request.module} import {request.name}{alias}"
