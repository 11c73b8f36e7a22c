"""One digest for all definitions that do the same: names resolved, own name and docstrings left out."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import Comprehension, FunctionNode, imported

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, *Comprehension.__args__)
_OUTER = ("decorator_list", "args", "bases", "keywords", "returns")
_SILENT = {"ctx", "type_comment", "kind"}
Definition = ast.ClassDef | FunctionNode
_OF_THE_MODULE = {"__name__", "__file__", "__package__", "__spec__", "__doc__"} | {
    *("globals", "locals", "vars", "eval", "exec"),
}


class Print(NamedTuple):
    """The digest of a definition, shared only by those that it may stand for; those of a class's methods.

    ``shape`` is shared by all that read alike, whatever their names mean; ``names`` are those that
    may mean something else elsewhere, each with what it means here.
    """

    whole: str
    methods: dict[str, str]
    shape: str
    names: dict[str, str]


def fingerprint(node: Definition, doc: PythonDocument) -> Print:
    """The print of the class or function at which the walk stands.

    An imported name counts as the object that it stands for, wherever it was imported
    from; a name that the module defines itself belongs to this module alone.
    """
    dump = _Dump(doc, node)
    header = [type(node).__name__, dump.digest(_header(node))]
    doc.scopes.append(node)
    try:
        body = [(statement, dump.digest([statement])) for statement in _spoken(node.body)]
    finally:
        doc.scopes.pop()
    inner = body if isinstance(node, ast.ClassDef) else []
    methods = {s.name: found for s, found in inner if isinstance(s, FunctionNode)}
    future = str(b"from __future__ import annotations" in doc.text)
    whole = _digest([future, *header, *(found for _, found in body)])
    return Print(whole, methods, _digest(dump.loose), dump.names)


def _header(node: Definition) -> list[ast.AST]:
    """What of a definition stands in front of its body."""
    if isinstance(node, ast.ClassDef):
        return [*node.bases, *node.keywords, *node.decorator_list]
    returned = _unquoted(node.returns)
    return [*node.decorator_list, node.args, *([returned] if returned else [])]


def _digest(parts: Iterable[str]) -> str:
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


class _Dump:
    """Spells code out; ``doc.scopes`` is kept in step, so that names mean what they mean there."""

    def __init__(self, doc: PythonDocument, owner: Definition) -> None:
        self.doc, self.owner, self.depth = doc, owner, len(doc.scopes)
        self.parts: list[str] = []
        self.loose: list[str] = [type(owner).__name__]
        self.names: dict[str, str] = {}

    def say(self, part: str, loose: str = "") -> None:
        """One more part of the code; ``loose`` is the name as it is written where that may mean more."""
        self.parts.append(part)
        self.loose.append(loose or part)
        if loose:
            self.names[loose] = part

    def digest(self, nodes: Sequence[ast.AST]) -> str:
        self.parts = []
        for node in nodes:
            self.node(node)
        return _digest(self.parts)

    def node(self, node: ast.AST) -> None:
        self.say(type(node).__name__)
        if isinstance(node, ast.Name):
            means = self.name(node.id)
            self.say(means, node.id if means not in (node.id, "<itself>") else "")
        elif isinstance(node, _SCOPES):
            self.scope(node)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for local, dotted in imported(node, self.doc.package):
                self.say(f"{local}={dotted}", local)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            self.say(f"{self.doc.source.path}:{node.names}", ", ".join(node.names))
        else:
            self.fields(node, node._fields)
        self.say(")")

    def scope(self, node: ast.AST) -> None:
        self.fields(node, [field for field in node._fields if field in _OUTER])
        self.doc.scopes.append(node)  # type: ignore[arg-type]  # _SCOPES is ScopeNode without Module
        try:
            self.fields(node, [field for field in node._fields if field not in _OUTER])
        finally:
            self.doc.scopes.pop()

    def fields(self, node: ast.AST, names: Sequence[str]) -> None:
        for name in names:
            if name in _SILENT:
                continue
            value = getattr(node, name, None)
            if isinstance(value, list):
                self.say("[")
                for item in _spoken(value) if name == "body" else value:
                    self.value(item)
                self.say("]")
            else:
                self.value(_unquoted(value) if name in ("annotation", "returns") else value)

    def value(self, value: object) -> None:
        if isinstance(value, ast.AST):
            self.node(value)
        else:
            self.say(repr(value))

    def name(self, name: str) -> str:
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


def _spoken(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """Statements that do something: no docstring, no bare constant, no ``pass``."""
    return [s for s in body if not isinstance(s, ast.Pass) and not _is_constant(s)]


def _is_constant(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _unquoted(annotation: ast.expr | None) -> ast.expr | None:
    """The annotation itself, where it stands in quotes."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            return ast.parse(annotation.value, mode="eval").body
        except SyntaxError:
            return annotation
    return annotation
