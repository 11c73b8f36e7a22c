"""A Python file as rules see it: its tree, where each node's bytes are, and what its names mean."""

from __future__ import annotations

import ast
import builtins
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, Self

from ssot_migrate.edits import Span
from ssot_migrate.languages import scopes
from ssot_migrate.languages.decoding import encoding_of, line_starts, to_utf8
from ssot_migrate.languages.nodes import outer_functions
from ssot_migrate.languages.words import may_bind, word_offsets
from ssot_migrate.model import Capture, Site, Source

_Asked = tuple[int, int, str]
_NAMED = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_LAZY = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class Meaning(NamedTuple):
    """What an expression stands for: a dotted object, and whether that is beyond doubt.

    ``via`` is import, alias (``env = os.environ``) or star; ``node`` is the binding statement.
    ``others`` are what else it may stand for; ``rivals`` the lines that bind the name to what is no import.
    """

    dotted: str
    certain: bool
    via: str
    node: ast.AST | None = None
    others: tuple[str, ...] = ()
    rivals: tuple[int, ...] = ()

    def attribute(self, name: str) -> Meaning:
        """What an attribute of it stands for."""
        others = tuple(f"{other}.{name}" for other in self.others) if self.others else ()
        return Meaning(f"{self.dotted}.{name}", self.certain, self.via, self.node, others, self.rivals)

    @property
    def told(self) -> str:
        """All that it may stand for, in words."""
        known = (self.dotted, *self.others, *(f"what line {line} binds" for line in self.rivals))
        return " or ".join(known if self.certain or len(known) > 1 else (*known, "something else"))


def module_name(path: str) -> str:
    """The dotted name of a file counted from the repository's root."""
    stem = path.removesuffix(".py").replace("/", ".")
    return stem.removesuffix(".__init__") if stem != "__init__" else ""


def package_name(path: str) -> str:
    """The dotted package that relative imports of this file start from."""
    return path.rpartition("/")[0].replace("/", ".")


class Incomplete(Exception):
    """A detector must see what was left out of a tree: the file has to be parsed whole."""


class PythonDocument:
    """One parsed file. While a walk goes on, ``stack`` holds the ancestors of the current node."""

    def __init__(
        self, source: Source, text: bytes, encoding: str, tree: ast.Module, blank: Sequence[Span] = ()
    ) -> None:
        """Wrap ``tree``, parsed from the UTF-8 ``text`` of ``source``; bodies at ``blank`` left out."""
        self.source = source
        self.text = text
        self.encoding = encoding
        self.tree, self.blank = tree, blank
        self.starts = line_starts(text)
        self.module = module_name(source.path)
        self.package = package_name(source.path)
        self.stack: list[ast.AST] = []
        self.scopes: list[scopes.ScopeNode] = [tree]
        self._bindings: dict[int, scopes.Bindings] = {}
        self._found: dict[_Asked, tuple[scopes.ScopeNode, list[scopes.Binding]] | None] = {}
        self._meanings: dict[_Asked, Meaning | None] = {}

    @classmethod
    def parse(cls, source: Source) -> PythonDocument:
        """Decode and parse a file.

        Raises:
            SyntaxError, ValueError, RecursionError, MemoryError: as ``ast.parse`` does;
                ``UnicodeDecodeError`` is a ValueError.
        """
        encoding = encoding_of(source.data)
        text = to_utf8(source.data, encoding)
        tree = ast.parse(text if encoding == "utf-8" else text.decode("utf-8"), filename=source.path)
        return cls(source, text, encoding, tree)

    def again(self) -> Self:
        """The same file, for a walk of its own; what its names mean is found out once for all walks."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__, stack=[], scopes=[self.tree])
        return other

    # -- positions ---------------------------------------------------------------------------

    def offset(self, line: int, column: int) -> int:
        """The byte offset of an ``ast`` position."""
        return self.starts[line - 1] + column

    def span(self, node: ast.expr | ast.stmt | ast.alias | ast.keyword | ast.arg) -> Span:
        """The bytes of a node (decorators not included)."""
        line, column = node.end_lineno, node.end_col_offset
        assert line is not None
        assert column is not None
        return Span(self.starts[node.lineno - 1] + node.col_offset, self.starts[line - 1] + column)

    def capture(self, node: ast.expr | ast.stmt | ast.alias | ast.keyword | ast.arg) -> Capture:
        """A node's text and span."""
        span = self.span(node)
        return Capture(span.slice(self.text).decode("utf-8"), span)

    def header(self, node: ast.expr | ast.stmt) -> Span:
        """The bytes of a node up to the end of its first line."""
        span = self.span(node)
        line = self.text.find(b"\n", span.start, span.end)
        return Span(span.start, span.end if line < 0 else line)

    def lines_with(self, name: str) -> list[int]:
        """The lines on which an identifier of the module stands, for a walk of its own.

        Raises:
            Incomplete: one of them was left out of the tree, and may be no parameter there.
        """
        offsets = list(word_offsets(self.text, name))
        for span in self.blank:
            at = bisect_left(offsets, span.start)
            if at < len(offsets) and offsets[at] < span.end and not self._takes(span, name):
                raise Incomplete(name)
        return sorted({bisect_right(self.starts, offset) for offset in offsets})

    def whole(self, function: scopes.FunctionNode) -> scopes.FunctionNode:
        """``function``, in which nothing was left out.

        Raises:
            Incomplete: its body was.
        """
        end = self.span(function).end
        if any(blank.end == end for blank in self.blank):
            raise Incomplete(function.name)
        return function

    def _takes(self, blank: Span, name: str) -> bool:
        """Whether the function whose body was left out there has a parameter of this name."""
        known = self._parameters.get(blank.end, frozenset())
        return name in known and b"global" not in blank.slice(self.text)

    @cached_property
    def _parameters(self) -> dict[int, frozenset[str]]:
        """By the end of the constant that stands for a body left out, the function's parameters."""
        return {
            self.span(node.body[-1]).end: frozenset(argument.arg for argument in scopes.arguments(node.args))
            for node in outer_functions(self.tree)
        }

    # -- surroundings ------------------------------------------------------------------------

    @property
    def parent(self) -> ast.AST:
        """The node that holds the current one."""
        return self.stack[-1]

    def enclosing(self, *kinds: type[ast.AST]) -> ast.AST | None:
        """The nearest ancestor of one of these types, or None."""
        return next((node for node in reversed(self.stack) if isinstance(node, kinds)), None)

    def scope_name(self) -> str:
        """The dotted name of the current scope inside the file; empty at module level."""
        return ".".join([scope.name for scope in self.scopes if isinstance(scope, _NAMED)])

    def function(self) -> scopes.FunctionNode | None:
        """The innermost function whose body is being walked, or None."""
        for scope in reversed(self.scopes):
            if isinstance(scope, _FUNCTIONS):
                return scope
        return None

    def eager(self) -> bool:
        """Whether what stands here runs while the module is being imported."""
        return not any(isinstance(scope, _LAZY) for scope in self.scopes)

    def method_of(self) -> tuple[ast.ClassDef, scopes.FunctionNode] | None:
        """The class and method in whose body we are (closures inside a method included)."""
        pairs = zip(self.scopes, self.scopes[1:], strict=False)
        for outer, inner in pairs:
            if isinstance(outer, ast.ClassDef) and isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                return outer, inner
        return None

    # -- names -------------------------------------------------------------------------------

    def bindings(self, scope: scopes.ScopeNode) -> scopes.Bindings:
        """The bindings of one scope, computed once."""
        known = self._bindings.get(id(scope))
        if known is None:
            known = scopes.bindings(scope, self.package, walrus=self._walrus)
            for name in self._given_within(scope, known):
                known.setdefault(name, []).append(scopes.Binding("assign", self.tree))
            self._bindings[id(scope)] = known
        return known

    def _given_within(self, scope: scopes.ScopeNode, known: scopes.Bindings) -> Iterator[str]:
        """Names of ``scope`` that functions within it may give another value."""
        if scope is self.tree:
            yield from scopes.declared(b"global", self.text)
        elif self._nonlocal and isinstance(scope, _FUNCTIONS):
            span = self.span(scope)
            found = scopes.declared(b"nonlocal", self.text, span.start, span.end)
            yield from (name for name in found if name in known)

    @cached_property
    def _walrus(self) -> bool:
        return b":=" in self.text

    @cached_property
    def _nonlocal(self) -> bool:
        return b"nonlocal" in self.text

    def lookup(self, name: str) -> tuple[scopes.ScopeNode, list[scopes.Binding]] | None:
        """The scope that gives ``name`` its meaning here, and its bindings there."""
        asked = self._asked(name)
        if asked not in self._found:
            self._found[asked] = self._look_up(name)
        return self._found[asked]

    def _asked(self, name: str) -> _Asked:
        """What the answer to a question about ``name`` depends on: the innermost scope has all others."""
        return id(self.scopes[-1]), len(self.scopes), name

    def _look_up(self, name: str) -> tuple[scopes.ScopeNode, list[scopes.Binding]] | None:
        for depth, scope in enumerate(reversed(self.scopes)):
            if isinstance(scope, ast.ClassDef) and depth:
                continue
            found = self.bindings(scope).get(name) if self._may_bind(scope, name) else None
            if found and any(binding.kind == "outer" for binding in found):
                found = [*found, *self.bindings(self.tree).get(name, [])]
                scope = self.tree
            if found:
                return scope, found
        return None

    def _may_bind(self, scope: scopes.ScopeNode, name: str) -> bool:
        if isinstance(scope, ast.Module) or id(scope) in self._bindings:
            return True
        span = self.span(scope)
        return may_bind(self.text, name, span.start, span.end)

    def meaning(self, node: ast.expr) -> Meaning | None:
        """What a name or attribute chain stands for, or None where it is not an import's."""
        if isinstance(node, ast.Attribute):
            base = self.meaning(node.value)
            return base and base.attribute(node.attr)
        return self.meaning_of(node.id) if isinstance(node, ast.Name) else None

    def meaning_of(self, name: str) -> Meaning | None:
        """What a name stands for here, or None where it is not an import's."""
        asked = self._asked(name)
        if asked not in self._meanings:
            found = self.lookup(name)
            self._meanings[asked] = self._of_bindings(found[1]) if found else self._of_stars(name)
        return self._meanings[asked]

    def _of_bindings(self, found: list[scopes.Binding]) -> Meaning | None:
        if len(found) == 1:
            return self._of_binding(found[0])
        each = [(binding, self._of_binding(binding)) for binding in found]
        meanings = {meaning for _, meaning in each if meaning}
        dotted = {meaning.dotted for meaning in meanings}
        if not dotted:
            return None
        first = min(meanings, key=lambda meaning: (meaning.dotted, meaning.via))
        others = tuple(sorted(dotted - {first.dotted}))
        foreign = [binding.node for binding, meaning in each if not meaning]
        rivals = tuple(sorted({line for node in foreign if (line := getattr(node, "lineno", 0))}))
        certain = not others and not foreign and all(meaning.certain for meaning in meanings)
        return first._replace(certain=certain, others=others, rivals=rivals)

    def _of_binding(self, binding: scopes.Binding) -> Meaning | None:
        if binding.kind == "import" and not binding.dotted.endswith(".*"):
            return Meaning(binding.dotted, True, "import", binding.node)
        if binding.kind == "alias" and isinstance(binding.value, ast.Attribute | ast.Name):
            return self._of_alias(binding)
        return None

    def _of_alias(self, binding: scopes.Binding) -> Meaning | None:
        value = binding.value
        root = value
        while isinstance(root, ast.Attribute):
            root = root.value
        target = _single_target(binding.node)
        if not isinstance(root, ast.Name) or root.id == target:
            return None
        meaning = self._module_meaning(value)
        return meaning and meaning._replace(via="alias", node=binding.node)

    def _module_meaning(self, value: ast.expr | None) -> Meaning | None:
        """Resolve an alias's value without chasing aliases of aliases for ever."""
        if isinstance(value, ast.Attribute):
            base = self._module_meaning(value.value)
            return base and base.attribute(value.attr)
        if isinstance(value, ast.Name) and (found := self.lookup(value.id)):
            imports = [b for b in found[1] if b.kind == "import"]
            if imports:
                return Meaning(imports[0].dotted, len(found[1]) == 1, "import", imports[0].node)
        return None

    def _of_stars(self, name: str) -> Meaning | None:
        if hasattr(builtins, name):
            return None
        stars = [b for b in self.bindings(self.tree).get("*", []) if b.kind == "import"]
        if not stars:
            return None
        modules = sorted({binding.dotted.removesuffix(".*") for binding in stars})
        others = tuple(f"{module}.{name}" for module in modules[1:])
        return Meaning(f"{modules[0]}.{name}", not others, "star", stars[0].node, others)

    # -- sites -------------------------------------------------------------------------------

    def site(
        self,
        rule: str,
        kind: str,
        node: ast.expr | ast.stmt,
        *,
        captures: dict[str, Capture] | None = None,
        facts: dict[str, str] | None = None,
        key: str = "",
        hits: tuple[int, ...] = (),
    ) -> Site:
        """A site at ``node`` in the current scope."""
        return Site(
            rule, kind, self.source.path, self.span(node), node.lineno, self.scope_name(),
            captures or {}, facts or {}, key, hits, self.eager(),
        )  # fmt: skip

    def statements(self) -> Iterator[ast.stmt]:
        """The module's top-level statements."""
        return iter(self.tree.body)


def _single_target(node: ast.AST) -> str:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""
