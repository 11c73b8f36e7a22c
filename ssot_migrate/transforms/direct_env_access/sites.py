"""The site at a name that means the environment, or at a method of ``monkeypatch`` that changes it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.transforms.direct_env_access import identity
from ssot_migrate.transforms.direct_env_access.forms import form_of, key_of
from ssot_migrate.transforms.direct_env_access.surroundings import surroundings

_NAMES = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
_STEMS = (b"environ", b"getenv", b"putenv", b"unsetenv")
_AS = re.compile(rb"b?(?:[\s\\]|#[^\n]*)+as\b")


def access(rule: str, node: ast.Attribute | ast.Name, doc: PythonDocument) -> Iterator[Site]:
    """The site at ``node``, if it means the environment or a function of it."""
    last = node.attr if isinstance(node, ast.Attribute) else node.id
    if last in ("setenv", "delenv"):
        yield from _monkeypatch(rule, node, doc)
        return
    if last not in _NAMES and (isinstance(node, ast.Attribute) or not _renamed(doc.text)):
        return
    meaning = doc.meaning(node)
    if meaning is None or meaning.via == "alias" or _tail(meaning.dotted) not in _NAMES:
        return
    if "." not in meaning.dotted:
        return  # a module of that name, such as django-environ's
    kind, captures, key = form_of(node, doc, _tail(meaning.dotted))
    facts = {"means": meaning.dotted, **_doubt(meaning), **surroundings(node, doc, kind)}
    facts |= identity.facts(kind, doc)
    captures["node"] = doc.capture(node)
    yield doc.site(rule, kind, node, captures=captures, facts=facts, key=key, hits=_hits(node, doc))


@lru_cache(maxsize=1)
def _renamed(text: bytes) -> bool:
    """Whether an import gives one of the names another."""
    return any(_AS.match(text, past) for stem in _STEMS for past in _ends(text, stem))


def _ends(text: bytes, stem: bytes) -> Iterator[int]:
    past = text.find(stem) + len(stem)
    while past >= len(stem):
        yield past
        past = text.find(stem, past) + len(stem)


def _tail(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _doubt(meaning: Meaning) -> dict[str, str]:
    return {} if meaning.certain else {"doubt": meaning.told}


def _hits(node: ast.Attribute | ast.Name, doc: PythonDocument) -> tuple[int, ...]:
    span = doc.span(node)
    return (span.end - len(node.attr.encode()),) if isinstance(node, ast.Attribute) else (span.start,)


def _monkeypatch(rule: str, node: ast.Attribute | ast.Name, doc: PythonDocument) -> Iterator[Site]:
    call = doc.parent
    if not isinstance(node, ast.Attribute) or not isinstance(call, ast.Call) or call.func is not node:
        return
    if not isinstance(node.value, ast.Name) or not _is_monkeypatch(node.value.id, doc):
        return
    captures = {"func": doc.capture(node), "call": doc.capture(call)}
    if call.args:
        captures["key"] = doc.capture(call.args[0])
    facts = {"means": f"monkeypatch.{node.attr}", "plain": str(int(_plain_patch(node.attr, call)))}
    facts |= {"object": node.value.id, **surroundings(node, doc, node.attr)}
    yield doc.site(
        rule, node.attr, node, captures=captures, facts=facts, key=key_of(call.args), hits=_hits(node, doc)
    )


def _is_monkeypatch(name: str, doc: PythonDocument) -> bool:
    """A fixture parameter of that name, or a variable that holds a ``pytest.MonkeyPatch()``."""
    found = doc.lookup(name)
    if not found:
        return False
    kinds = {binding.kind for binding in found[1]}
    return kinds == {"param"} and name in ("monkeypatch", "mp", "monkeysession", "monkeymodule")


def _plain_patch(method: str, call: ast.Call) -> bool:
    """Whether ``setitem``/``delitem`` take the same arguments: text values, no ``prepend``."""
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return False
    if method == "delenv":
        return len(call.args) in (1, 2) and all(keyword.arg == "raising" for keyword in call.keywords)
    if len(call.args) != 2 or call.keywords:
        return False
    value = call.args[1]
    is_text = isinstance(value, ast.JoinedStr) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    )
    is_str_call = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "str"
    return is_text or is_str_call
