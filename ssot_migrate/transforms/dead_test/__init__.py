"""Tests that can never run: they are written, counted by whoever reads the file, and passed over.

## Why
A test that is not run looks like one that is. It was true once, or was meant to be, and its
author believes that it guards something.

## What changes
Nothing: a test that starts to run may well fail, and somebody should look at why. Each finding
says what keeps the test from running and what to do.

* ``unawaited``: an async test in a plain ``unittest.TestCase``: nobody awaits it, and it passes.
* ``unmarked``: an async test without a mark where others of the file have one and pytest-asyncio
  is in strict mode.
* ``uncalled-setup``: ``setUp`` in a class that is no TestCase, ``asyncSetUp`` in one that is not
  async, async ``setup_method`` and the like.
* ``uncollected``: a class with tests whose name the project's pytest settings do not collect, or
  one with ``__init__``.
* ``shadowed``: a test or test class whose name is defined again further down.
* ``nested``: a test inside a test, which nothing calls.
* ``no-cases``: ``parametrize`` with an empty list.
* ``missing-target``: a patch of a name that does not stand in the module that is patched.
* ``commented-out``: a whole test in comments, with or without a mark such as ``REMOVED:`` on each line.
* ``backup-copy``: a file named as a backup (``tests_backup/``, ``test_cart_old.py``) whose tests stand
  in a live file of the same name.
* ``put-aside``: a test file under a suffix that nothing collects (``test_cart.py.bak``).
* ``copied-tree``: a file whose tests are those of a file of the same name in another folder, and
  test the same code, where that holds for more files of the two folders. If pytest's settings
  collect one of them only, the other is the copy; else the finding names both.

## Left alone
Whatever may run after all: classes with bases that are not in the repository, that are used or
imported as helpers or bases; tests under decorators that are not known; classes that run their
tests themselves; ``asyncio_mode = auto``, and a ``conftest.py`` that marks or runs tests.
Patches with ``create=True``, inside ``try`` or ``pytest.raises``, and of modules that make names
at run time or import with a star. Classes whose tests stand in docstrings, which doctest runs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.index import patched
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site, Source
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform, nothing_else
from ssot_migrate.transforms.dead_test import (
    backups,
    collecting,
    commented,
    shadowed,
    targets,
    twins,
    unawaited,
    verdict,
)
from ssot_migrate.transforms.dead_test.places import places

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT802",
    slug="dead-test",
    summary="a test that can never run",
    places=places,
    sparse=nothing_else,
    heads=True,
    classes=True,
    class_names="(?:IsolatedAsyncio)?TestCase",
    among=twins.candidates,
    own=("line",),
)


@transform.detect(ast.FunctionDef, ast.AsyncFunctionDef)
def functions(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Tests and set-up hooks."""
    assert isinstance(node, FunctionNode)
    yield from shadowed.shadowed(transform.slug, node, doc)
    yield from shadowed.nested(transform.slug, node, doc)
    yield from unawaited.hook(transform.slug, node, doc)
    yield from collecting.own_collection(transform.slug, node, doc)
    if isinstance(node, ast.AsyncFunctionDef):
        yield from unawaited.async_test(transform.slug, node, doc)


@transform.detect(ast.Module)
def files(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Tests in comments, and copies of other files."""
    yield from commented.commented_out(transform.slug, doc)
    yield from backups.backup(transform.slug, doc)


@transform.detect_file
def copies(source: Source) -> Iterator[Site]:
    """Files that may be copies, whatever they are called."""
    return twins.site_of(transform.slug, source)


@transform.detect(ast.ClassDef)
def classes(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Classes with tests."""
    assert isinstance(node, ast.ClassDef)
    yield from shadowed.shadowed(transform.slug, node, doc)
    yield from collecting.uncollected(transform.slug, node, doc)


@transform.detect(ast.Call)
def calls(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Patches, and marks without cases."""
    assert isinstance(node, ast.Call)
    yield from collecting.no_cases(transform.slug, node, doc)
    yield from targets.patch_target(transform.slug, node, doc)


@transform.detect(ast.Assign)
def assignments(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Plugins that a conftest.py names."""
    return collecting.own_collection(transform.slug, node, doc)


@transform.asks
def asks(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """Names that patched modules, and bases of classes with hooks, may hold."""
    if site.kind == targets.MISSING:
        yield from patched.questions(site.facts["target"], site.path, repo)
    elif site.kind == backups.BACKUP:
        yield from backups.questions(site, repo)
    elif site.kind == unawaited.HOOK:
        yield from verdict.questions_of_hooks(site, repo)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
