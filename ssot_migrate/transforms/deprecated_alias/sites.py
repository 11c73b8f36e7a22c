"""A deprecated alias as a site: its name, what it stands for, its term, where it could be cut out."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.copies.place import cut_of, loses_comments
from ssot_migrate.languages.names import root_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site

MAKER = "deprecated_alias"
_TERM = ("owner", "since", "until")


def alias(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of ``Name = deprecated_alias("Name", Target, owner=…, since=…, until=…)``.

    Facts: ``means`` (the maker), ``name``, ``target``, the term as far as it is literal; ``cut``
    where it is a plain statement of its module, ``comments`` if they would go with it, ``own``
    (the first other line of the file that names it), ``imports`` (names that it needs).
    """
    meaning = doc.meaning(node.func)
    if meaning is None or meaning.dotted.rpartition(".")[2] != MAKER or not meaning.certain:
        return
    facts = {"means": meaning.dotted, **_term(node, doc)}
    if len(node.args) > 1:
        facts["target"] = ast.unparse(node.args[1])
    statement = doc.parent
    if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
        facts |= {"name": statement.targets[0].id, **_place(statement, node, doc)}
    yield doc.site(rule, "alias", node, facts=facts, hits=(doc.span(node.func).end - len(MAKER),))


def _term(node: ast.Call, doc: PythonDocument) -> dict[str, str]:
    """The term as far as it is plain text, in the call or in a dictionary of the module."""
    pairs = {keyword.arg: keyword.value for keyword in node.keywords if keyword.arg}
    for name in (k.value.id for k in node.keywords if k.arg is None and isinstance(k.value, ast.Name)):
        bound = [binding.node for binding in doc.bindings(doc.tree).get(name, ())]
        if len(bound) == 1 and isinstance(bound[0], ast.Assign) and isinstance(bound[0].value, ast.Dict):
            found = zip(bound[0].value.keys, bound[0].value.values, strict=True)
            pairs |= {str(key.value): value for key, value in found if isinstance(key, ast.Constant)}
    literal = {name: value.value for name, value in pairs.items() if isinstance(value, ast.Constant)}
    return {name: str(literal[name]) for name in _TERM if name in literal}


def _place(statement: ast.Assign, node: ast.Call, doc: PythonDocument) -> dict[str, str]:
    name = ast.unparse(statement.targets[0])
    span = doc.span(statement)
    others = [at for at in word_offsets(doc.text, name) if not span.start <= at < span.end]
    facts = {"own": str(doc.text.count(b"\n", 0, others[0]) + 1)} if others else {}
    if len(statement.targets) > 1 or statement not in doc.tree.body:
        return facts
    cut = cut_of(statement, doc)
    used = {root_name(node.func), *(root_name(argument) for argument in node.args[1:2])}
    facts |= {"cut": f"{cut.start}-{cut.end}", "imports": " ".join(sorted(filter(None, used)))}
    return facts | ({"comments": "1"} if loses_comments(cut, doc) else {})
