"""What the names of a file are to its imports: free to be given, bound to something else, or unused."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from ssot_migrate.edits import Span, outside
from ssot_migrate.languages.decoding import line_starts
from ssot_migrate.languages.inert import is_inert, is_module, is_value
from ssot_migrate.languages.layout import ImportStatement, Layout
from ssot_migrate.languages.quoted import quoted_use
from ssot_migrate.languages.words import code_uses, is_plain_use, open_bindings, spanning, word_offsets
from ssot_migrate.model import ImportRequest

_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


class FileNames:
    """Answers from the text of a file, and from its tree only where the text alone cannot tell."""

    def __init__(
        self, text: bytes, layout: Layout, edited: Sequence[Span], parse: Callable[[], ast.Module]
    ) -> None:
        """``text`` is UTF-8; ``edited`` are spans that changes replace; ``parse`` gives the tree."""
        self.text, self.layout, self.edited, self.parse = text, layout, edited, parse

    def free_name(self, request: ImportRequest, dotted: str) -> str:
        """A local name for ``request`` that means nothing else in the file."""
        name = request.alias or request.name
        if not any(True for _ in word_offsets(self.text, name)):
            return name
        if not self.bound_elsewhere(name, dotted):
            return name
        candidate = f"ssot_{name}"
        while candidate.encode() in self.text:
            candidate = f"_{candidate}"
        return candidate

    def bound_elsewhere(self, name: str, dotted: str) -> bool:
        """Whether the file gives ``name`` any meaning of its own, in any scope."""
        imports = [pair for statement in self.layout.imports for pair in statement.names if pair[0] == name]
        if any(known != dotted for _, known in imports):
            return True
        if not self._may_bind(name):
            return False
        found = list(self._bindings(name))
        # What replaces a definition of the module is seen by just those who saw that one.
        replaced = any(node in self.parse().body and self._removed(node) for node in found)
        return any(not self._removed(node) and not (replaced and self._is_local(node)) for node in found)

    def _bindings(self, name: str) -> Iterator[ast.AST]:
        """The nodes that give ``name`` a meaning, but for imports."""
        for node in spanning(self.parse(), self._lines_with(name)):
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
            if found == name:
                yield node

    def _is_local(self, node: ast.AST) -> bool:
        """Whether a binding is one of a function's or a class's own scope."""
        line = getattr(node, "lineno", 0)
        inner = (one for one in self.parse().body if isinstance(one, _DEFINITIONS) and one is not node)
        return not isinstance(node, ast.Global) and any(
            one.lineno <= line <= (one.end_lineno or line) for one in inner
        )

    def _lines_with(self, name: str) -> list[int]:
        return sorted({bisect_right(self.starts, offset) for offset in word_offsets(self.text, name)})

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where the lines of the text start."""
        return line_starts(self.text)

    def _may_bind(self, name: str) -> bool:
        """Whether the text outside of import statements leaves a binding open."""
        ordered = sorted((s.start, s.end) for s in self.layout.imports)
        ends = [0, *(end for _, end in ordered)]
        starts = [*(start for start, _ in ordered), len(self.text)]
        between = zip(ends, starts, strict=True)
        found = (offset for end, start in between for offset in open_bindings(self.text, name, end, start))
        return any(not is_inert(self.text, offset) for offset in found)

    def _removed(self, node: ast.AST) -> bool:
        """Whether an edit takes the place of a whole definition."""
        if not isinstance(node, _DEFINITIONS):
            return False
        offset = self.starts[node.lineno - 1] + node.col_offset
        return any(span.start <= offset < span.end for span in self.edited)

    def unused(self, name: str, binders: Sequence[ImportStatement]) -> bool:
        """Whether no code uses ``name``, but for what is edited and the statements that bind it."""
        taken = [*self.edited, *(Span(s.start, s.end) for s in binders)]
        rest = list(outside(word_offsets(self.text, name), taken))
        statements = [Span(s.start, s.end) for s in self.layout.imports]
        if any(is_plain_use(self.text, name, offset) for offset in outside(rest, statements)):
            return False
        if quoted_use(self.text, name, list(outside(rest, statements)), self.parse):
            return False
        rest = [o for o in rest if not (is_module(self.text, o) or is_inert(self.text, o))]
        if any(is_value(self.text, offset) for offset in outside(rest, statements)):
            return False
        return not rest or not code_uses(self.text, self.parse(), name, rest)
