"""A definition as a site: all that is needed to find its copies and to let one stand for the others."""

from __future__ import annotations

import ast

from ssot_migrate.copies.fingerprint import fingerprint
from ssot_migrate.copies.place import place_facts, uses
from ssot_migrate.copies.spelling import Definition
from ssot_migrate.index.tests_by_name import is_test_module
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site


def definition(
    rule: str,
    kind: str,
    node: Definition,
    doc: PythonDocument,
    *,
    hits: tuple[int, ...] = (),
    told_by_name: bool = False,
    likeness: bool = False,
) -> Site:
    """The site of the class or function at which the walk stands; copies share its key.

    Facts: ``name``, and ``telling`` if it says what the definition is (``told_by_name``);
    what ``place_facts`` tells, if it is a plain definition of the module, and of a fixture in a test
    module what ``uses`` tells; ``fixture`` (the name
    that tests ask for), ``wide`` (why it is not made anew for each test that asks) and
    ``extends`` (it asks for one of its own name), if it is a fixture; with ``likeness`` its
    ``shape``, and ``=name`` with what that means here for each name that may mean more elsewhere.
    """
    found = fingerprint(node, doc)
    facts = {"name": node.name, **({"telling": "1"} if told_by_name else {}), **_fixture(node)}
    if doc.scopes[-1] is doc.tree and node in doc.tree.body and _defined_once(node, doc):
        facts |= place_facts(node, doc)
        if "fixture" in facts and is_test_module(doc.source.path):
            facts |= uses(node, doc)  # nothing else may go without another in its place
    if likeness:
        facts |= {"shape": found.shape, **{f"={name}": means for name, means in found.names.items()}}
    return doc.site(rule, kind, node, facts=facts, key=f"{kind}:{found.whole}", hits=hits)


def _defined_once(node: Definition, doc: PythonDocument) -> bool:
    return len(doc.bindings(doc.tree).get(node.name, ())) == 1


def _fixture(node: Definition) -> dict[str, str]:
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        if last_name(call.func if call else decorator) != "fixture":
            continue
        options = {keyword.arg or "**": keyword.value for keyword in call.keywords} if call else {}
        name = _text(options.get("name")) or node.name
        asked = node.args.args if not isinstance(node, ast.ClassDef) else []
        extends = {"extends": "1"} if name in {argument.arg for argument in asked} else {}
        return {"fixture": name, **extends, **_wide(options, bool(call and call.args))}
    return {}


def _wide(options: dict[str, ast.expr], positional: bool) -> dict[str, str]:
    if "**" in options or positional:
        return {"wide": "its scope is not literal"}
    scope = options.get("scope")
    if scope is not None and _text(scope) != "function":
        return {"wide": f"its scope is {_text(scope) or 'not literal'}"}
    return {"wide": "it runs for every test"} if "autouse" in options else {}


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
