"""Calls that build engines, sessions or connections, and what a rewrite must know of each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_migrate.languages.names import last_name, root_name
from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.languages.renaming import renamed, visit_calls
from ssot_migrate.model import Capture, Site

_ALCHEMY = {
    "create_engine": "engine",
    "engine_from_config": "engine",
    "create_async_engine": "async engine",
    "async_engine_from_config": "async engine",
    "sessionmaker": "session factory",
    "scoped_session": "session factory",
    "async_sessionmaker": "async session factory",
    "async_scoped_session": "async session factory",
}
_SESSIONS = {"Session": "session", "AsyncSession": "async session"}
PACKAGES = ("sqlalchemy", "sqlmodel")
_DRIVERS = {
    "asyncpg": ("connect", "create_pool"),
    "psycopg": ("connect",),
    "psycopg2": ("connect",),
    "aiopg": ("connect", "create_pool"),
    "aiosqlite": ("connect",),
    "aiomysql": ("connect", "create_pool"),
    "pymysql": ("connect",),
    "MySQLdb": ("connect",),
}
CONNECTIONS = {f"{package}.{name}" for package, names in _DRIVERS.items() for name in names}
WORDS = (*_ALCHEMY, *sorted(CONNECTIONS))
_PATCHED = re.compile(rb"[\"'](?:[\w.]+\.)?create_engine[\"']")
_NAMES = frozenset((*_ALCHEMY, *_SESSIONS, *(dotted.rpartition(".")[2] for dotted in CONNECTIONS)))
_HARMLESS = {"echo": False, "future": True, "pool_pre_ping": True}


def kind_of(dotted: str) -> str:
    """What a call of ``dotted`` builds; empty if it builds nothing of ours."""
    if dotted in CONNECTIONS:
        return "connection"
    package, _, name = dotted.partition(".")[0], "", dotted.rpartition(".")[2]
    return {**_ALCHEMY, **_SESSIONS}.get(name, "") if package in PACKAGES else ""


def construction(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site at a call that builds something, if ``node`` is one."""
    if last_name(node.func) in _NAMES and (meaning := doc.meaning(node.func)):
        yield from _site(rule, node, meaning, doc)


def renamed_construction(rule: str, node: ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """The sites at calls through a name that ``node`` gives to what builds something."""
    found: list[Site] = []
    for name in renamed(node, _NAMES):
        visit_calls(name, node, doc, lambda *seen: found.extend(_site(rule, *seen)))
    yield from found


def _site(rule: str, node: ast.Call, meaning: Meaning, doc: PythonDocument) -> Iterator[Site]:
    kind = kind_of(meaning.dotted)
    if not kind:
        return
    facts = {"means": meaning.dotted, "root": root_name(node.func)}
    if not meaning.certain:
        facts["doubt"] = meaning.told
    captures = {"callee": doc.capture(node.func), "call": doc.capture(node)}
    if kind == "engine" and meaning.dotted.endswith(".create_engine"):
        url, reason = _url(node, doc)
        captures |= {"url": url} if url else {}
        facts |= {"url": reason} if reason else _family(node.args[0])
    yield doc.site(
        rule, kind, node, captures=captures, facts=facts, hits=tuple(_hits(node.func, meaning.dotted, doc))
    )


def _hits(func: ast.expr, dotted: str, doc: PythonDocument) -> Iterator[int]:
    """Where one of the rule's words, or a name given to one by ``import … as``, stands in the call's name."""
    span = doc.span(func)
    if span.slice(doc.text).decode() in CONNECTIONS:
        yield span.start
    elif dotted.rpartition(".")[2] in _ALCHEMY:
        yield span.end - len(last_name(func).encode())


def _url(node: ast.Call, doc: PythonDocument) -> tuple[Capture | None, str]:
    """The URL of a plain ``create_engine`` call, or why the utility cannot be given what it is given."""
    if len(node.args) != 1 or isinstance(node.args[0], ast.Starred):
        return None, "its arguments are not one URL"
    for keyword in node.keywords:
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg not in _HARMLESS or value is not _HARMLESS[keyword.arg]:
            return None, f"the utility takes no {keyword.arg or '** options'}"
    between = doc.text[doc.span(node.args[0]).end : doc.span(node).end]
    if b"#" in between:
        return None, "a comment stands between its arguments"
    if _PATCHED.search(doc.text):
        return None, "a test patches create_engine by name"
    if not _is_text(node.args[0], doc):
        return None, "nothing shows that its URL is text"
    return doc.capture(node.args[0]), ""


def _is_text(node: ast.expr, doc: PythonDocument, depth: int = 0) -> bool:
    match node:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return True
        case ast.Call(func=ast.Name(id="str")):
            return True
        case ast.BinOp(op=ast.Add() | ast.Mod(), left=left):
            return _is_text(left, doc, depth)
        case ast.Name(id=name) if depth < 2 and (found := doc.lookup(name)):
            values = [binding.value for binding in found[1]]
            return all(value is not None and _is_text(value, doc, depth + 1) for value in values)
    return False


def _family(url: ast.expr) -> dict[str, str]:
    """The database that a literal URL names, in the facts of a site."""
    first = url.values[0] if isinstance(url, ast.JoinedStr) and url.values else url
    text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    family = text.partition(":")[0].partition("+")[0]
    return {"family": family} if family and "://" in text else {}
