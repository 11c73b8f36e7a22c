"""Import lines taken out and put in: the edits of one file, each where a person would make it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from ssot_migrate.edits import Edit, Span
from ssot_migrate.languages.decoding import BOM
from ssot_migrate.languages.import_gaps import gaps, past_gap
from ssot_migrate.languages.import_line import by_module, import_line, rewritten
from ssot_migrate.languages.import_places import Place, Surroundings, place_of
from ssot_migrate.languages.layout import ImportStatement, Layout
from ssot_migrate.languages.line_breaks import LineBreaks
from ssot_migrate.model import ImportRequest


class ImportEdits:
    """Collects what is added to the imports of a file, then gives all edits at once."""

    def __init__(
        self, text: bytes, layout: Layout, edited: Sequence[Span], around: Surroundings | None
    ) -> None:
        """``text`` is the file as UTF-8, ``edited`` what other edits replace; with nothing ``around``,
        new imports follow the last one."""
        self.text, self.layout, self.edited, self.around = text, layout, edited, around
        self.breaks = LineBreaks(text)
        self.added: dict[ImportStatement, list[tuple[str, str]]] = {}
        self.top: dict[int | None, list[str]] = {}
        self.inserts: dict[tuple[int, str, str], list[str]] = {}
        self.going: set[int] = set()

    def add_top(self, request: ImportRequest, local: str, limit: int) -> None:
        """Import ``request`` as ``local`` at the top of the module, before the offset ``limit``.

        Raises:
            ValueError: there is no line before it that an import could stand on.
        """
        for statement in self.layout.imports:
            same = statement.top and statement.module == request.module and statement.end <= limit
            if same and statement.alone and not any(known.endswith(".*") for _, known in statement.names):
                self.added.setdefault(statement, []).append((request.name, local))
                return
        line = import_line(request, local)
        anchor = self._anchor(min(limit, self.layout.definitions))
        if anchor is None and self._body_offset() > limit:
            raise ValueError("an import would have to stand on the line of the docstring")
        self.top.setdefault(anchor, []).append(line)

    def _anchor(self, limit: int) -> int | None:
        """The end of the last import (or ``sys.path`` set-up) before ``limit`` that fills its own lines."""
        ends = [s.end for s in self.layout.imports if s.top and s.alone and not s.future and s.end <= limit]
        ends += [end for end in self.layout.path_setup if end <= limit]
        return max(ends, default=None)

    def _insert_top(self, going: Collection[ImportStatement]) -> None:
        """Find the places of what was added at the top, once it is known which statements go."""
        for anchor, lines in self.top.items():
            for line in by_module(lines):
                if anchor is None:
                    key = (self._body_offset(), "", self.breaks.first)
                else:
                    offset, where = self._place(line, anchor, going)
                    key = (offset, where, self.breaks.at(offset))
                self.inserts.setdefault(key, []).append(line)

    def _place(self, line: str, anchor: int, going: Collection[ImportStatement]) -> Place:
        setup = max((end for end in self.layout.path_setup if end <= anchor), default=0)
        among = [s for s in self.layout.imports if s.top and not s.future and setup <= s.start < anchor]
        if self.around is None or not all(map(self._fills_its_lines, among)):
            return Place(anchor, "after")
        found = place_of(line.split()[1], self.text, among, going, self.edited, self.around)
        return found or Place(anchor, "after")

    def add_beside(self, request: ImportRequest, local: str, like: int) -> None:
        """Import ``request`` as ``local`` beside the statement that begins at the offset ``like``."""
        start = self.breaks.start(like)
        line = self.text[start:like].decode() + import_line(request, local)
        statement = next((s for s in self.layout.imports if s.start == like), None)
        if statement is not None and self._fills_its_lines(statement):
            key = (statement.end, "after", self.breaks.at(statement.end))
        elif statement is None and not self.text[start:like].strip():
            key = (start, "before", self.breaks.at(like))
        else:
            self.add_top(request, local, len(self.text))
            return
        self.inserts.setdefault(key, []).append(line)

    def _fills_its_lines(self, statement: ImportStatement) -> bool:
        start = self.breaks.start(statement.start)
        tail = self.text[statement.end : self.breaks.end(statement.end)].lstrip()
        return not self.text[start : statement.start].strip() and (not tail or tail.startswith(b"#"))

    def _body_offset(self) -> int:
        return max(self.layout.body, len(BOM) if self.text.startswith(BOM) else 0)

    def removable(self, statement: ImportStatement, gone: set[str]) -> bool:
        """Whether the names ``gone`` can be taken out, with no comment, and no other edit is there."""
        tail = self.text[statement.end : self.breaks.end(statement.end)]
        edited = any(span.start < statement.end and statement.start < span.end for span in self.edited)
        return statement.alone and not edited and not tail.strip() and self._keeps_comments(statement, gone)

    def _keeps_comments(self, statement: ImportStatement, gone: set[str]) -> bool:
        """Whether no comment inside the statement goes with the names ``gone``."""
        old = self.text[statement.start : statement.end].decode()
        if "#" not in old or {local for local, _ in statement.names} <= gone:
            return "#" not in old
        return rewritten(old, gone, []).count("#") == old.count("#")

    def edits(self, dropped: dict[ImportStatement, set[str]]) -> Iterator[Edit]:
        """The edits that add what was asked for, and drop the local names of ``dropped``."""
        gone = [s for s in dropped if s not in self.added and self._all_gone(s, dropped)]
        self.going = {self.breaks.start(s.start) for s in gone}
        self._insert_top(gone)
        for statement in sorted({*dropped, *self.added}, key=lambda s: s.start):
            yield from self._statement_edit(statement, dropped.get(statement, set()))
        for (offset, where, newline), lines in sorted(self.inserts.items()):
            unique = by_module(lines)
            taken = next((s for s in dropped if s.end == offset and self._all_gone(s, dropped)), None)
            if where == "after" and taken is not None:
                yield self._replacement(taken, unique, newline)
            elif where in {"after", "apart"}:
                yield self._insertion(offset, [""] * (where == "apart") + unique, newline)
            else:
                new = "".join(line + newline for line in unique)
                above, below = (
                    ("", newline * (where == "above")) if where else gaps(self.breaks, offset, newline)
                )
                yield Edit(offset, offset, f"{above}{new}{below}")

    def _insertion(self, offset: int, lines: list[str], newline: str) -> Edit:
        """New lines below that of ``offset``; below all that goes with it, if it goes elsewhere."""
        end = self.breaks.end(offset)
        for span in self.edited:
            if span.start < end < span.end and self.text[span.end - 1 : span.end] == b"\n":
                return Edit(span.end, span.end, "".join(line + newline for line in lines))
        return Edit(end, end, "".join(newline + line for line in lines))

    def _all_gone(self, statement: ImportStatement, dropped: dict[ImportStatement, set[str]]) -> bool:
        return {local for local, _ in statement.names} <= dropped[statement]

    def _replacement(self, statement: ImportStatement, lines: list[str], newline: str) -> Edit:
        """The dropped statement's own place takes the new import: one line for one line."""
        start = self.breaks.start(statement.start)
        indent = self.text[start : statement.start].decode()
        stripped = [line.removeprefix(indent) for line in lines]
        return Edit(statement.start, statement.end, (newline + indent).join(stripped))

    def _statement_edit(self, statement: ImportStatement, gone: set[str]) -> Iterator[Edit]:
        added = self.added.get(statement, [])
        if not added and {local for local, _ in statement.names} <= gone:
            if not any(where == "after" and offset == statement.end for offset, where, _ in self.inserts):
                start, end = self.breaks.start(statement.start), self.breaks.past(statement.end)
                yield Edit(start, past_gap(self.breaks, start, end, self.edited, self.going), "")
            return
        old = self.text[statement.start : statement.end].decode()
        new = rewritten(old, gone, added)
        if new != old:
            yield Edit(statement.start, statement.end, new)
