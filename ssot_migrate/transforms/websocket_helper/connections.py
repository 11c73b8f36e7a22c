"""Calls that open a websocket, and what a rewrite must know of each."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from ssot_migrate.languages.names import last_name, root_name
from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.languages.renaming import renamed, visit_calls
from ssot_migrate.model import Site
from ssot_migrate.transforms.websocket_helper.blocks import translated
from ssot_migrate.transforms.websocket_helper.exchanges import Refused

_ASYNC = ("websockets", "websockets.client", "websockets.asyncio.client", "websockets.legacy.client")
CONNECT = {f"{module}.connect" for module in _ASYNC}
_OTHERS = {
    "websockets.sync.client.connect",
    "websockets.unix_connect",
    "websocket.create_connection",
    "websocket.WebSocketApp",
    "httpx_ws.aconnect_ws",
    "httpx_ws.connect_ws",
}
_METHOD = "ws_connect"
WORDS = (
    *("websockets.connect", "websocket.create_connection", "WebSocketApp"),
    *(_METHOD, "aconnect_ws", "connect_ws"),
)
_NAMES = frozenset(dotted.rpartition(".")[2] for dotted in {*CONNECT, *_OTHERS, *WORDS})
_OLD = ("extra_headers", "timeout")


def connection(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site at a call that opens a websocket, if ``node`` is one."""
    if last_name(node.func) not in _NAMES:
        return
    meaning = doc.meaning(node.func)
    if meaning is None and _is_method_of_a_session(node.func):
        meaning = Meaning(f"aiohttp.ClientSession.{_METHOD}", True, "import")
    if meaning is not None:
        yield from _site(rule, node, meaning, doc)


def _is_method_of_a_session(func: ast.expr) -> bool:
    """Whether ``func`` may be aiohttp's; a test's own class is no session."""
    if not isinstance(func, ast.Attribute) or func.attr != _METHOD:
        return False
    return not (isinstance(func.value, ast.Name) and func.value.id in ("self", "cls"))


def renamed_connection(rule: str, node: ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """The sites at calls through a name that ``node`` gives to a function that opens websockets."""
    found: list[Site] = []
    for name in renamed(node, _NAMES):
        visit_calls(name, node, doc, lambda *seen: found.extend(_site(rule, *seen)))
    yield from found


def _site(rule: str, node: ast.Call, meaning: Meaning, doc: PythonDocument) -> Iterator[Site]:
    dotted = meaning.dotted
    if dotted not in CONNECT | _OTHERS and not dotted.endswith(f"ClientSession.{_METHOD}"):
        return
    facts = {"means": dotted}
    if not meaning.certain:
        facts["doubt"] = meaning.told
    captures = {"callee": doc.capture(node.func), "call": doc.capture(node)}
    if dotted in CONNECT:
        facts |= _block(node, doc)
    hits = tuple(_hits(node.func, dotted, doc))
    yield doc.site(rule, "connection", node, captures=captures, facts=facts, hits=hits)


def _block(node: ast.Call, doc: PythonDocument) -> dict[str, str]:
    """The edits that give the block the utility's client, or why there are none."""
    told = {"root": root_name(node.func)}
    if old := next((keyword.arg for keyword in node.keywords if keyword.arg in _OLD), None):
        told["old"] = old
    try:
        return {**told, "edits": msgspec.json.encode(translated(node, doc)).decode()}
    except Refused as refusal:
        return {**told, "reason": str(refusal)}


def _hits(func: ast.expr, dotted: str, doc: PythonDocument) -> Iterator[int]:
    """Where one of the rule's words, or a name given to one by ``import … as``, stands in the call's name."""
    span = doc.span(func)
    if span.slice(doc.text).decode() in WORDS:
        yield span.start
    elif dotted.rpartition(".")[2] in WORDS:
        yield span.end - len(last_name(func).encode())
