"""What every class statement says about itself, for the class graph."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from ssot_migrate.index.scan import ClassFact, ImportFact, MethodFact
from ssot_migrate.languages.nodes import own_nodes
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import Binding, FunctionNode, ScopeNode
from ssot_migrate.languages.words import word_offsets

ALIAS_MAKER = "deprecated_alias"
_NAMED = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_BLOCKS = (ast.If, ast.Try, ast.TryStar, ast.With)


def class_statements(text: bytes) -> Iterator[int]:
    """Offsets of the word ``class`` where it opens a line of UTF-8 text."""
    for offset in word_offsets(text, b"class"):
        line_start = max(text.rfind(b"\n", 0, offset), text.rfind(b"\r", 0, offset)) + 1
        if not text[line_start:offset].strip(b" \t\f\xef\xbb\xbf"):
            yield offset


def class_fact(node: ast.ClassDef, doc: PythonDocument) -> ClassFact:
    """The facts of the class statement at which the walk stands."""
    scope = doc.scope_name()
    return ClassFact(
        name=f"{scope}.{node.name}" if scope else node.name,
        line=node.lineno,
        span=doc.span(node),
        bases=tuple(_base(base, doc) for base in node.bases),
        methods=tuple(_methods(node, doc)),
        attributes=tuple(_attributes(node)),
        decorators=tuple(dotted(d, doc) for d in node.decorator_list),
        keywords=tuple(keyword.arg or "**" for keyword in node.keywords),
        local=doc.function() is not None,
    )


def _base(node: ast.expr, doc: PythonDocument) -> str:
    return f"?{dotted(node, doc)}" if isinstance(node, ast.Call) else dotted(node, doc)


def dotted(node: ast.expr, doc: PythonDocument) -> str:
    """The object an expression names or calls; local ones as ``module.Name``, ``"?"`` in doubt."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Subscript):
        node = node.value
    meaning = doc.meaning(node)
    if meaning:
        return meaning.dotted if meaning.certain else "?" + " or ".join((meaning.dotted, *meaning.others))
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value, doc)}.{node.attr}"
    if not isinstance(node, ast.Name):
        return "?"
    found = doc.lookup(node.id)
    return _own(node.id, *found, doc) if found else node.id


def _own(name: str, scope: ScopeNode, found: list[Binding], doc: PythonDocument) -> str:
    """A name that this module defines, as ``module.Scope.name``; ``?`` where that may be several things."""
    if len(found) != 1 or not (found[0].kind == "def" or _aliased(found[0])):
        return f"?{name}"
    around = [s.name for s in doc.scopes[: doc.scopes.index(scope) + 1] if isinstance(s, _NAMED)]
    return ".".join([doc.module, *around, name])


def _aliased(binding: Binding) -> ast.expr | None:
    """What a binding is another name for: ``Base = other.Base``, or a deprecated alias of it."""
    match binding.value:
        case ast.Name() | ast.Attribute():
            return binding.value
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[_, target]) if (
            name == ALIAS_MAKER
        ):
            return target
    return None


def _statements(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a class body, those under ``if``, ``try`` and ``with`` too."""
    for statement in body:
        yield statement
        if isinstance(statement, _BLOCKS):
            handlers = getattr(statement, "handlers", [])
            parts = [statement.body, *(h.body for h in handlers)]
            parts += [getattr(statement, "orelse", []), getattr(statement, "finalbody", [])]
            for part in parts:
                yield from _statements(part)


def _methods(node: ast.ClassDef, doc: PythonDocument) -> Iterator[MethodFact]:
    for statement in _statements(node.body):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            # Without a base it is no test case, and nobody asks what decorates its methods.
            asked_of = statement.decorator_list if node.bases else []
            decorators = tuple(dotted(d, doc) for d in asked_of)
            is_async = isinstance(statement, ast.AsyncFunctionDef)
            # Only unittest looks at what a test returns, and it needs a base for that.
            asked = node.bases and statement.name.startswith("test")
            outcome = _outcome(statement, doc) if asked else (False, False)
            yield MethodFact(statement.name, statement.lineno, is_async, decorators, *outcome)


def _outcome(test: FunctionNode, doc: PythonDocument) -> tuple[bool, bool]:
    """Whether an async test yields, and whether another one returns what may not be None."""
    text = doc.span(test).slice(doc.text)
    if isinstance(test, ast.AsyncFunctionDef):
        kinds = (ast.Yield, ast.YieldFrom)
        return b"yield" in text and any(isinstance(node, kinds) for node in own_nodes(test.body)), False
    own = own_nodes(test.body) if b"return" in text else []
    values = [node.value for node in own if isinstance(node, ast.Return) and node.value is not None]
    return False, any(not _is_none(value) for value in values)


def _is_none(value: ast.expr) -> bool:
    """Whether an expression is None beyond doubt: the literal, or an assertion of unittest."""
    match value:
        case ast.Constant(value=None):
            return True
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)):
            return name in ("skipTest", "fail") or (
                name.startswith("assert") and not name.endswith(_MANAGERS)
            )
    return False


_MANAGERS = ("Raises", "RaisesRegex", "Warns", "WarnsRegex", "Logs", "NoLogs")


def _attributes(node: ast.ClassDef) -> Iterator[str]:
    for statement in _statements(node.body):
        match statement:
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
                yield name


def import_facts(doc: PythonDocument) -> tuple[ImportFact, ...]:
    """Module-level imports; stars under the name ``*``, a submodule that no name is bound to under none."""
    facts: dict[ImportFact, None] = {}
    for name, found in doc.bindings(doc.tree).items():
        for binding in found:
            if binding.kind == "import":
                relative = bool(getattr(binding.node, "level", 0))
                facts[ImportFact(name, binding.dotted, name == "*" or len(found) == 1, relative)] = None
                facts.update(dict.fromkeys(_submodules(binding.node)))
    return tuple(facts)


def _submodules(node: ast.AST) -> Iterator[ImportFact]:
    """What ``import a.b.c`` loads besides ``a``, the only one that it binds."""
    for alias in node.names if isinstance(node, ast.Import) else ():
        if "." in alias.name and not alias.asname:
            yield ImportFact("", alias.name)


def alias_facts(doc: PythonDocument) -> tuple[ImportFact, ...]:
    """Module-level names that stand for another name: ``Base = other.Base``, deprecated aliases."""
    facts = []
    for name, found in doc.bindings(doc.tree).items():
        if len(found) == 1 and (target := _aliased(found[0])) is not None:
            means = dotted(target, doc)
            if not means.startswith("?") and "." in means:
                facts.append(ImportFact(name, means))
    return tuple(facts)


def exported_names(doc: PythonDocument) -> tuple[str, ...] | None:
    """What a star import of the module gives, where one literal ``__all__`` says so; else None."""
    found = doc.bindings(doc.tree).get("__all__", [])
    if len(found) != 1 or len(list(word_offsets(doc.text, "__all__"))) != 1:
        return None
    value = found[0].value
    if not isinstance(value, ast.List | ast.Tuple):
        return None
    names = [element.value if isinstance(element, ast.Constant) else None for element in value.elts]
    literal = tuple(name for name in names if isinstance(name, str))
    return literal if len(literal) == len(names) else None
