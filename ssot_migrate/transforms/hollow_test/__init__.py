"""Tests whose body cannot fail: they count as passed, and say nothing of the code.

## Why
A test that cannot fail is worse than none: it is counted, it is shown in green, and who reads
the report believes that something was checked.

## What changes
Nothing: what a test should assert, only its author knows. Each finding says what makes the
test hollow and what to do, and counts in the score until it is done.

* ``empty``, ``commented-body``, ``placeholder``: no body, one that is a comment, one that says
  that there is none yet.
* ``constant-assert``: the only assertion is ``assert True`` or the like, or an assertion that always holds,
  such as a tuple, a text, ``x or True``, ``x == x``, ``len(x) >= 0``.
* ``idle``: only literals, mocks, sleeps and prints; no code of the project runs.
* ``returned-verdict``: nothing is asserted; it returns what it found out, and pytest does not look at it.
* ``unread-result``: nothing is asserted, and what the code returned is at most printed.
* ``swallowed``, ``skipped-failure``: the assertion's failure is caught and dropped, or turned into a skip.
* ``unreached``: assertions behind an unconditional ``return``, ``raise`` or skip of the same block.
* ``never-entered``: assertions in a loop over an empty literal, or under a condition that is never true.

## Left alone
Tests that call anything that may check for them: by its name, by its body
in this file, by being test code of another file, inherited, or a fixture's. Tests with a
decorator that is not known. Tests that only run code,
so that its exceptions would show, as long as they throw no result away. Tests that are marked
as skipped whatever holds, or expected to fail, by themselves, their class or module. Failures that are caught
where the test fails without them. Retries that catch a failed assertion until it holds. Classes and
functions that pytest does not collect: those are the business of ``dead-test``. What doctest runs.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform
from ssot_migrate.transforms.hollow_test import callees, verdict
from ssot_migrate.transforms.hollow_test.findings import hollow_sites
from ssot_migrate.transforms.hollow_test.reasons import WHOLE
from ssot_migrate.transforms.hollow_test.suspects import suspects

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT801",
    slug="hollow-test",
    summary="a test that cannot fail",
    places=suspects,
    sparse=callees.read_whole,
    own=("why",),
)


@transform.detect(ast.FunctionDef, ast.AsyncFunctionDef)
def tests(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Tests, and what is hollow in them."""
    assert isinstance(node, FunctionNode)
    return hollow_sites(transform.slug, node, doc)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo, WHOLE)
