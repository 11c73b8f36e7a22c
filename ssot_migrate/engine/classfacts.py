"""What every class statement says about itself, for the class graph."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.index.scan import ClassFact, ImportFact, MethodFact
from ssot_migrate.languages.python import PythonDocument


def class_fact(node: ast.ClassDef, doc: PythonDocument) -> ClassFact:
    """The facts of the class statement at which the walk stands."""
    scope = doc.scope_name()
    return ClassFact(
        name=f"{scope}.{node.name}" if scope else node.name,
        line=node.lineno,
        span=doc.span(node),
        bases=tuple(dotted(base, doc) for base in node.bases),
        methods=tuple(_methods(node, doc)),
        attributes=tuple(_attributes(node)),
        decorators=tuple(dotted(d, doc) for d in node.decorator_list),
        keywords=tuple(keyword.arg or "**" for keyword in node.keywords),
        local=doc.function() is not None,
    )


def dotted(node: ast.expr, doc: PythonDocument) -> str:
    """The object an expression names: imported, local (``module.Name``), or ``"?"``."""
    if isinstance(node, ast.Call):
        node = node.func
    if isinstance(node, ast.Subscript):
        node = node.value
    meaning = doc.meaning(node)
    if meaning:
        return meaning.dotted if meaning.certain else "?" + meaning.dotted
    if isinstance(node, ast.Name) and (found := doc.lookup(node.id)):
        single = len(found[1]) == 1 and found[1][0].kind == "def"
        return f"{doc.module}.{node.id}" if single else "?" + node.id
    return "?" if not isinstance(node, ast.Name) else node.id


def _methods(node: ast.ClassDef, doc: PythonDocument) -> Iterator[MethodFact]:
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            decorators = tuple(dotted(d, doc) for d in statement.decorator_list)
            is_async = isinstance(statement, ast.AsyncFunctionDef)
            yield MethodFact(statement.name, statement.lineno, is_async, decorators)


def _attributes(node: ast.ClassDef) -> Iterator[str]:
    for statement in node.body:
        match statement:
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr()):
                yield name


def import_facts(doc: PythonDocument) -> tuple[ImportFact, ...]:
    """Module-level imports, for re-exports; stars under the name ``*``."""
    facts = []
    for name, found in doc.bindings(doc.tree).items():
        for binding in found:
            if binding.kind == "import":
                facts.append(ImportFact(name, binding.dotted, name == "*" or len(found) == 1))
    return tuple(facts)
