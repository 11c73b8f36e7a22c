"""Mocks, patches and fakes in integration and end-to-end tests, where the real service belongs.

## Why
An integration test that mocks what it integrates with shows that the mock works. It keeps
passing when the service changes, and the layer that should have noticed was told not to look.

## What changes
Nothing: which service a test needs and what it then asserts is for its author to say. Each
finding names the real service that would serve, and the utility of the runtime that gives it,
told by what is mocked or patched: a database, Redis, a websocket, Docker, a language model.

A test belongs to such a layer by its mark (``integration``, ``e2e``; also on its class, a
base of it, or the module), by its folder, or by the name of its file. What counts:

* ``mock``: a standard mock that is made; one in another, or in a patch, counts with that.
* ``patch``: ``patch``, ``patch.object``, ``patch.multiple``, ``mocker.patch``, ``monkeypatch.setattr``.
* ``fake-class``: a class called ``Mock…``, ``Fake…``, ``Stub…``, ``Dummy…`` or ``Spy…``, or ending so.
* ``fake-library``: an import of ``fakeredis``, ``mongomock``, ``moto``, ``respx`` and the like.

## Left alone
Unit tests, and files below a folder called ``unit`` whatever their name says. Replaced clocks,
dice, streams, loggers and settings, which no service gives; ``patch.dict`` and
``monkeypatch.setenv``, which set values; a plain value that is put in the place of another,
such as a shorter timeout; what replaced settings are told to be; classes of exceptions; what
hands each call on to the original, by ``wraps`` or by a function that keeps it. Where this rule
is in force, ``ad-hoc-mock`` leaves these tests to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform, nothing_else
from ssot_migrate.transforms.ad_hoc_mock import mentions, places
from ssot_migrate.transforms.mock_policy import doubles, patches, verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT302",
    slug="mock-policy",
    summary="a mock, patch or fake in a test that should use the real service",
    words=patches.WORDS,
    also=places.MARKED,
    beside=("mark.",),
    places=doubles.places,
    sparse=nothing_else,
    heads=True,
    own=("line", "start", "end"),
)


@transform.detect(ast.Call)
def calls(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Mocks that are made, and patches."""
    assert isinstance(node, ast.Call)
    yield from patches.patch_site(transform.slug, node, doc)
    yield from doubles.mock_site(transform.slug, node, doc)


@transform.detect(ast.ClassDef)
def classes(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Classes that pretend to be others."""
    assert isinstance(node, ast.ClassDef)
    return doubles.fake_class(transform.slug, node, doc)


@transform.detect(ast.Import, ast.ImportFrom)
def libraries(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Libraries of fakes."""
    assert isinstance(node, ast.Import | ast.ImportFrom)
    return doubles.fake_library(transform.slug, node, doc)


@transform.detect(ast.Attribute)
def marks(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Marks of layers that run on the real thing."""
    assert isinstance(node, ast.Attribute)
    return mentions.mark(transform.slug, node, doc)


@transform.asks
def asks(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """Names that patched modules may hold."""
    return verdict.questions(site, repo)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
