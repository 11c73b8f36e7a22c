"""Imports of tests that reach into another service, and business code in the shared test framework.

## Why
A service that is tested with another service's code cannot be changed, moved or released alone:
its tests break for reasons that are none of its own. Each service has its own ``tests/``; what all
tests share is in the test framework, and that knows no service.

## What changes
A test module that needs nothing but one other service moves, as it is, into the tests of that
service: a change for review, since the ids of its tests begin with another path then. That is so
only where nothing ties it to its place: no import of its own service, relative import or
``__file__``; nobody imports or names it; no conftest.py on either way gives it a fixture or reaches
it unasked; pytest's settings, layer (``integration``, ``unit``) and packages are alike at both
places; and no file has its name there.

All else is advice, since where code belongs is a decision. Each finding names the way of the import,
file by file, through re-exports, aliases and stars, so that it is clear what has to move, and
says what keeps a test where it is:

* ``code``: a test uses application code of another service. Test that code in its own service, or
  speak to the service as its clients do.
* ``helper``: a test uses a test helper of another service. If the helper depends on nothing of that
  service and only tests use it, the finding says that it can move to the test framework, with an
  import left behind under its old name; else what keeps it where it is.
* ``framework``: the test framework imports application code of a service.
* ``stray``: a unit test outside of all services that uses the code of one: it belongs there.

Services are those of the settings (``services``), else CODEOWNERS or the top-level folders. One
counts here if it has both code and tests, and is not where the profile's runtime lies.

## Left alone
Libraries: a service whose code the code of two others imports, or the code of the test's own
service does. Suites outside of all services, which test several together. Standard library and
installed packages. A name that may come from two files is named with both ways.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform, nothing_else
from ssot_migrate.transforms.service_boundary import imports, moving, verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT702",
    slug=moving.RULE,
    summary="a test that reaches into another service",
    places=imports.places,
    sparse=nothing_else,
    own=("luggage",),
)


@transform.detect(ast.Import, ast.ImportFrom)
def statements(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Imports of other packages."""
    assert isinstance(node, ast.Import | ast.ImportFrom)
    return imports.statement(transform.slug, node, doc)


@transform.asks
def asks(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """Who speaks of a test that could move, and what the conftests there hold."""
    return moving.asks(site, repo)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
