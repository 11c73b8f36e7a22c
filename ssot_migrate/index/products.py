"""What a mock factory's products offer, read from the factory's own source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.model import Frozen

_KINDS = {"AsyncMock": "async", "MagicMock": "sync", "Mock": "sync"}


class Product(Frozen, frozen=True):
    """What one ``create_…`` method makes: its own parameters, and kinds by attribute.

    A kind is async, sync (both are called) or value; ``required`` parameters have no default.
    """

    method: str
    parameters: frozenset[str]
    required: frozenset[str]
    offers: dict[str, str]


def products(source: bytes, provider: str) -> tuple[Product, ...]:
    """The products of the class ``provider``, those whose source tells at least one attribute."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()
    made = _Factory(tree, provider)
    found = (made.product(method) for name, method in made.methods.items() if name.startswith("create_"))
    return tuple(product for product in found if product.offers)


class _Factory:
    """A factory class and the module-level tables that its methods look things up in."""

    def __init__(self, tree: ast.Module, provider: str) -> None:
        owner = next((s for s in tree.body if isinstance(s, ast.ClassDef) and s.name == provider), None)
        self.methods = {s.name: s for s in owner.body if isinstance(s, ast.FunctionDef)} if owner else {}
        self.tables = dict(_tables(tree))

    def product(self, method: ast.FunctionDef) -> Product:
        arguments = method.args
        plain = len(arguments.args) - len(arguments.defaults)
        late = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        named = [argument.arg for argument in (*arguments.args[1:], *arguments.kwonlyargs)]
        required = [argument.arg for argument in arguments.args[1:plain]]
        required += [argument.arg for argument, default in late if default is None]
        return Product(method.name, frozenset(named), frozenset(required), dict(self._offers(method)))

    def _offers(self, method: ast.FunctionDef) -> Iterator[tuple[str, str]]:
        for node in ast.walk(method):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name)) if self._has(name):
                    yield from ((k.arg, _kind(k.value)) for k in node.keywords if k.arg)
                    yield from self._listed(node, self.methods[name])
                case ast.Assign(targets=[ast.Attribute(value=ast.Name(), attr=name)], value=value):
                    yield name, _kind(value)
                case ast.For(iter=ast.Tuple(elts=names)):
                    yield from ((_text(n), kind) for kind in _set_by_name(node) for n in names if _text(n))

    def _has(self, name: str) -> bool:
        return name in self.methods

    def _listed(self, call: ast.Call, helper: ast.FunctionDef) -> Iterator[tuple[str, str]]:
        """Names under the product's entry in a table, as the helper that looks it up sets them."""
        kinds = list(_set_by_name(helper))
        for argument in call.args:
            for name in self.tables.get(_text(argument), ()):
                yield from ((name, kind) for kind in kinds)


def _tables(tree: ast.Module) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Entries of module-level dictionaries, by key: the names that each holds."""
    for statement in tree.body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        for key, entry in zip(value.keys, value.values, strict=True) if isinstance(value, ast.Dict) else ():
            if key is not None and _text(key):
                yield _text(key), tuple(_keys(entry))


def _keys(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Dict(keys=keys):
            yield from (_text(key) for key in keys if key is not None and _text(key))
        case ast.Call(func=ast.Attribute(attr="fromkeys"), args=[ast.Tuple(elts=names), *_]):
            yield from (_text(name) for name in names if _text(name))


def _set_by_name(node: ast.AST) -> Iterator[str]:
    """The kind of what ``setattr`` puts under a name that is not constant."""
    for inner in ast.walk(node):
        match inner:
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Name(), value]):
                yield _kind(value)


def _kind(value: ast.expr) -> str:
    name = value.func.id if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) else ""
    return _KINDS.get(name, "value")


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
