"""What a profile's targets really offer, read from their own source."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.index.products import Product
from ssot_migrate.model import Frozen

_MAPPING = (
    *("__getitem__", "__iter__", "__len__", "__contains__", "__eq__"),
    *("keys", "items", "values", "get"),
)
_ABC_OFFERS = {
    "Mapping": _MAPPING,
    "MutableMapping": (
        *_MAPPING,
        *("__setitem__", "__delitem__", "pop", "popitem", "clear", "update", "setdefault"),
    ),
}


class Target(Frozen, frozen=True):
    """A role's symbol as found: where to import it, what it offers, which claims hold.

    ``claims`` (live, exact, writes-through, restores …) are empty unless the source is
    byte for byte one that they were tested on, or the team's settings vouch for them.
    ``attributes`` are those that its ``__init__`` gives a value, ``takes`` its parameters by
    place. ``products`` are told of a mock factory only; ``runs`` is a package file of the repository
    which an import of the target runs and which imports more than the standard library. ``refuses``
    are methods that raise depending on a state of the object: they are not among ``offers``.
    """

    module: str
    name: str
    path: str
    exists: bool
    vendored: bool
    offers: frozenset[str] = frozenset()
    claims: frozenset[str] = frozenset()
    bases: tuple[str, ...] = ()
    attributes: frozenset[str] = frozenset()
    takes: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    runs: str = ""
    refuses: frozenset[str] = frozenset()

    def has(self, *methods: str) -> bool:
        """Whether the source defines or inherits every one of ``methods``, and none refuses by its state."""
        return self.offers.issuperset(methods)

    def lacking(self, *methods: str) -> str:
        """What keeps ``methods`` from being used, in words."""
        if refusing := sorted(self.refuses.intersection(methods)):
            return f"{', '.join(refusing)} of {self.name}() may refuse: it raises in some states of its own"
        return f"{self.name}() offers no {', '.join(sorted(set(methods) - self.offers))}"


def imports_more(source: bytes) -> bool:
    """Whether a module imports, while it is loaded, anything but the standard library."""
    try:
        queue: list[ast.AST] = [ast.parse(source)]
    except (SyntaxError, ValueError):
        return True
    while queue:
        node = queue.pop()
        match node:
            case ast.Import(names=names) if any(_top(n.name) not in sys.stdlib_module_names for n in names):
                return True
            case ast.ImportFrom(module=name, level=level):
                if level or _top(name or "") not in sys.stdlib_module_names:
                    return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            queue.extend(ast.iter_child_nodes(node))
    return False


def _top(dotted: str) -> str:
    return dotted.partition(".")[0]


@lru_cache(maxsize=1)
def parsed(source: bytes) -> ast.Module:
    """The tree of a target's file, which several questions are asked of; an empty one if it is none."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return ast.Module([], [])


def offered(source: bytes, provider: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Method names of the class ``provider`` in ``source``, and its bases' last names.

    Bases in the same file are followed; the mapping ABCs count with their mixin methods.
    """
    tree = parsed(source)
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    found = frozenset(_methods(provider, classes, set())) - refusing(source, provider)
    return found, tuple(_bases(provider, classes, set()))


def refusing(source: bytes, provider: str) -> frozenset[str]:
    """Methods of the class ``provider`` that begin by raising if the object is in some state."""
    tree = parsed(source)
    bodies = (node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == provider)
    methods = (node for body in bodies for node in body if isinstance(node, ast.FunctionDef))
    return frozenset(method.name for method in methods if any(map(_refuses, method.body)))


def _refuses(statement: ast.stmt) -> bool:
    """Whether it raises on a condition of ``self`` alone, and not what a mapping raises for a key."""
    match statement:
        case ast.If(test=test, body=[ast.Raise(exc=ast.Call(func=ast.Name(id=error)) | ast.Name(id=error))]):
            names = {node.id for node in ast.walk(test) if isinstance(node, ast.Name)}
            return names == {"self"} and error not in ("KeyError", "TypeError", "ValueError")
    return False


def made_of(source: bytes, provider: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Attributes that ``provider.__init__`` gives a value other than None, and its parameters by place."""
    tree = parsed(source)
    bodies = (node.body for node in tree.body if isinstance(node, ast.ClassDef) and node.name == provider)
    for statement in (statement for body in bodies for statement in body):
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            names = [argument.arg for argument in statement.args.args[1:]]
            return frozenset(_given(statement)), tuple(names)
    return frozenset(), ()


def _given(method: ast.FunctionDef) -> Iterator[str]:
    for statement in method.body:
        match statement:
            case ast.Assign(targets=targets, value=value) if not _is_none(value):
                for target in targets:
                    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
                        yield target.attr


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _methods(name: str, classes: dict[str, ast.ClassDef], seen: set[str]) -> Iterator[str]:
    yield from _ABC_OFFERS.get(name, ())
    if name in seen or name not in classes:
        return
    seen.add(name)
    for statement in classes[name].body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            yield statement.name
        elif isinstance(statement, ast.Assign):
            yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
    for base in classes[name].bases:
        yield from _methods(_last(base), classes, seen)


def _bases(name: str, classes: dict[str, ast.ClassDef], seen: set[str]) -> Iterator[str]:
    if name in seen or name not in classes:
        return
    seen.add(name)
    for base in classes[name].bases:
        yield _last(base)
        yield from _bases(_last(base), classes, seen)


def _last(node: ast.expr) -> str:
    if isinstance(node, ast.Subscript):
        node = node.value
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
