"""Mocks made ad hoc and custom mock classes, onto the one mock factory.

## Why
Mocks made in two thousand places cannot be counted, configured or refused. One factory can:
it tells what was made, lets a suite ask for failures and delays, and makes no mock in a test
that is marked for the real service. And of ten classes called ``MockAgent`` nobody knows
which are the same.

## What changes
A call that means ``unittest.mock``'s ``Mock``, ``MagicMock`` or ``AsyncMock``, under whatever
name it was imported or passed on, becomes a call of the factory's method for it. Only the
name that is called is replaced: arguments, nested calls, comments and layout stay. The import
goes when nothing needs it any more, in this file or in one that takes the name from here.
It is safe where the factory is known to return the very same kind of object.

A module that hands a mock on under another name (``from unittest.mock import Mock as Plain``, an
alias, a star, either side of a ``try``) is told who takes it by that name: calls under it cannot be
told from others, so they are left.

Custom classes are compared over the whole repository: those called ``Mock…``, ``Fake…``,
``Stub…``, ``Dummy…`` or ``Spy…``, or ending so or in ``Double``. They count as copies if all
that they do is the same, names followed through imports. Of the copies in one service one stays (in a
shared module before a test module, then the most imported, then the first by path), and an
import takes the place of the others. Copies with state in the class wait for review. So does
a class that a product of the factory could stand for: its constructor calls would become
calls of the factory. Of every other class the nearest relative is named, and what differs.

## Left alone
Mocks in integration and end-to-end tests, told by mark, folder or file name: the policy wants
the real service there, and ``mock-policy`` says which. Fixtures and helpers that a marked
test may use wait for review.
``Mock`` as a value (``spec=Mock``, ``new_callable``, ``isinstance``, base classes, types);
``create_autospec``, ``PropertyMock``, ``mock_open``, ``sentinel`` and ``patch``; the ``mock``
backport; names that may mean two things; a module in which a test patches the name itself;
code that is no test code. Copies in another service or inside functions, copies whose
comments would be lost, and modules that do more than define when they are imported.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.copies.circles import planned
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Advice, Role, Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform
from ssot_migrate.transforms.ad_hoc_mock import (
    clusters,
    collapse,
    creations,
    doubles,
    handed,
    mentions,
    names,
    places,
    verdict,
)

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT301",
    slug="ad-hoc-mock",
    summary="a mock that is not made by the mock factory",
    words=names.METHODS,
    also=places.MARKED,
    beside=("mark.",),
    roles=(Role.MOCKS,),
    classes=True,
    class_names=doubles.NAMED.pattern,
    sparse=doubles.read_whole,
    heads=True,
    own=("line", "cut", "calls", "start", "end", "like"),
)


@transform.detect(ast.Call)
def calls(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls that make a standard mock, or replace one by name."""
    assert isinstance(node, ast.Call)
    yield from creations.creation(transform.slug, node, doc)
    yield from mentions.patched_together(transform.slug, node, doc)


@transform.detect(ast.ImportFrom, ast.Assign)
def other_names(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls through another name for a mock class, and late imports of one."""
    assert isinstance(node, ast.ImportFrom | ast.Assign)
    yield from creations.renamed(transform.slug, node, doc)
    yield from handed.handed(transform.slug, node, doc)
    if isinstance(node, ast.ImportFrom):
        yield from mentions.taken(transform.slug, node, doc)


@transform.detect(ast.ClassDef)
def classes(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Custom classes that stand in for others."""
    assert isinstance(node, ast.ClassDef)
    return doubles.double(transform.slug, node, doc)


@transform.detect(ast.Attribute)
def marks(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Marks of layers that run on the real thing."""
    assert isinstance(node, ast.Attribute)
    return mentions.mark(transform.slug, node, doc)


@transform.detect(ast.Constant)
def strings(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Strings that patch a mock class by name, or need its import."""
    assert isinstance(node, ast.Constant)
    return mentions.patched(transform.slug, node, doc)


@transform.prepares
def prepare(repo: Repository) -> None:
    """Find out what copies would import, and which doubles there are."""
    planned(repo)
    clusters.doubles_of(repo, transform.slug)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    if site.kind == "creation":
        return verdict.decide_creation(site, repo)
    if site.kind == doubles.DOUBLE:
        return collapse.decide_double(site, repo)
    if site.kind == handed.HANDED:
        return handed.decide_handed(site, repo)
    if site.kind == mentions.PATCH:
        return Advice("replaces a mock class by name, so what runs below must go on through that name")
    return None  # marks and late imports only tell on other sites
