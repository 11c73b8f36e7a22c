"""Code spelled out part by part, the same for all that does the same: what names mean, not what they are."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import blake2b

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import Comprehension, FunctionNode, imported

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, *Comprehension.__args__)
_OUTER = ("decorator_list", "args", "bases", "keywords", "returns")
_ANNOTATIONS = ("annotation", "returns")
_SILENT = {"ctx", "type_comment", "kind"}
Definition = ast.ClassDef | FunctionNode
"""What can have copies."""
_OF_THE_MODULE = {"__name__", "__file__", "__package__", "__spec__", "__doc__"} | {
    *("globals", "locals", "vars", "eval", "exec"),
}


def digest(parts: Iterable[str]) -> str:
    """What tells ``parts`` from others, in 16 hexadecimal digits."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class Spelling:
    """Spells code out; ``doc.scopes`` is kept in step, so that names mean what they mean there.

    ``names`` are those that may mean something else elsewhere, each with what it means here.
    """

    def __init__(self, doc: PythonDocument, owner: Definition) -> None:
        """Spell the definition ``owner``, at which the walk stands."""
        self.doc, self.owner, self.depth = doc, owner, len(doc.scopes)
        self._parts: list[str] = [type(owner).__name__]
        self._written: dict[int, str] = {}
        self.names: dict[str, str] = {}
        self._known: dict[tuple[int, str], str] = {}

    def digest(self, nodes: Sequence[ast.AST]) -> str:
        """Spell ``nodes``, parts of the definition, and give their digest."""
        start = len(self._parts)
        for node in nodes:
            self._node(node)
        return digest(self._parts[start:])

    def loose(self) -> list[str]:
        """All parts so far, with names as they are written where they may mean more."""
        parts = self._parts.copy()
        for index, written in self._written.items():
            parts[index] = written
        return parts

    def _say(self, means: str, written: str) -> None:
        """A name that may mean more than is ``written``."""
        self._written[len(self._parts)] = written
        self.names[written] = means
        self._parts.append(means)

    def _node(self, node: ast.AST) -> None:
        kind = type(node)
        self._parts.append(kind.__name__)
        if isinstance(node, ast.Name):
            self._read(node.id)
        elif kind in _SCOPES:
            self._scope(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for local, dotted in imported(node, self.doc.package):
                self._say(f"{local}={dotted}", local)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            self._say(f"{self.doc.source.path}:{node.names}", ", ".join(node.names))
        else:
            self._fields(node, _spelled(node._fields))
        self._parts.append(")")

    def _scope(self, node: ast.AST) -> None:
        fields = _spelled(node._fields)
        self._fields(node, [field for field in fields if field in _OUTER])
        self.doc.scopes.append(node)  # type: ignore[arg-type]  # _SCOPES is ScopeNode without Module
        try:
            self._fields(node, [field for field in fields if field not in _OUTER])
        finally:
            self.doc.scopes.pop()

    def _fields(self, node: ast.AST, names: Sequence[str]) -> None:
        for name in names:
            value = getattr(node, name, None)
            if isinstance(value, ast.AST):
                self._node(value if name not in _ANNOTATIONS else unquoted(value))
            elif isinstance(value, list):
                self._parts.append("[")
                for item in spoken(value) if name == "body" else value:
                    if isinstance(item, ast.AST):
                        self._node(item)
                    else:
                        self._parts.append(repr(item))
                self._parts.append("]")
            else:
                self._parts.append(repr(value))

    def _read(self, name: str) -> None:
        here = id(self.doc.scopes[-1]), name
        means = self._known.get(here)
        if means is None:
            means = self._known[here] = self._name(name)
        if means in (name, "<itself>"):
            self._parts.append(means)
        else:
            self._say(means, name)

    def _name(self, name: str) -> str:
        """What a name is to a reader of any module."""
        found = self.doc.lookup(name)
        if found and any(scope is found[0] for scope in self.doc.scopes[self.depth :]):
            return name
        if found and [binding.node for binding in found[1]] == [self.owner]:
            return "<itself>"
        meaning = self.doc.meaning_of(name)
        if meaning and meaning.certain:
            return f"={meaning.dotted}"
        if found or meaning or name in _OF_THE_MODULE:
            scope = "" if found and found[0] is self.doc.tree else self.doc.scope_name()
            return f"{self.doc.source.path}:{scope}:{name}"
        return name


@cache
def _spelled(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Those of a node's fields that say something."""
    return tuple(field for field in fields if field not in _SILENT)


def spoken(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Statements that do something: no docstring, no bare constant, no ``pass``."""
    return [s for s in body if not isinstance(s, ast.Pass) and not _is_constant(s)]


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def unquoted(annotation: ast.AST) -> ast.AST:
    """The annotation itself, where it stands in quotes."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return annotation
    return annotation
