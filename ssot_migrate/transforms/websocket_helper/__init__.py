"""Websocket clients that tests open for themselves, onto the websocket utility.

## Why
``websockets.connect`` four hundred times means four hundred opinions on headers, time limits
and what a silence means; a test that waits in ``recv`` for an event that never comes hangs
instead of failing. One client waits for a bounded time, tells what it received before, and is
closed afterwards.

## What changes
``async with websockets.connect(url) as ws`` can take its client from the utility where all
that the test does with it is known there: ``send(json.dumps(…))`` becomes ``send_json(…)``, and
``json.loads(await ws.recv())``, with ``asyncio.wait_for`` or in two steps, ``receive_json()``.
An ``Authorization: Bearer`` header becomes the utility's ``bearer``. It is all or nothing, and
it waits for review: the utility raises an error of its own, and waits 5 s where ``recv`` waits
for ever.

Helpers and fixtures that connect, or are named for it (``create_websocket_connection``), are
compared over the whole repository: they count as copies if all that they do is the same,
names followed through imports. Of the copies in one service one stays, and an import takes the
place of the others, under the name that they had. A fixture that the nearest conftest offers
as well just goes. Both are safe where nothing is shared that was not shared before.

## Left alone
Blocks that catch exceptions, or use the connection otherwise (``ping``, ``close``, iteration, a
call that is given it): the advice says what stands against it. Connections that are kept
beyond a block; options and headers that the utility does not take; other libraries' clients.
Code that is no test code; a project that is itself the library; in-process test clients.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Role, Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform
from ssot_migrate.transforms.websocket_helper import connections, openers, verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT602",
    slug="websocket-helper",
    summary="a websocket client that a test opens for itself",
    words=connections.WORDS,
    also=("connect", "create_connection"),
    beside=openers.BESIDE,
    places=openers.places,
    sparse=openers.read_whole,
    roles=(Role.WEBSOCKET,),
    own=("line", "cut", "calls"),
)


@transform.detect(ast.Call)
def calls(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls that open a connection."""
    assert isinstance(node, ast.Call)
    return connections.connection(transform.slug, node, doc)


@transform.detect(ast.ImportFrom)
def other_names(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls through another name that an import gives to such a function."""
    assert isinstance(node, ast.ImportFrom)
    return connections.renamed_connection(transform.slug, node, doc)


@transform.detect(ast.Module)
def definitions(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Functions and methods of the module that give connections to tests."""
    return openers.openers(transform.slug, doc)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
