"""Imports of tests that reach into another service, and business code in the shared test framework.

## Why
A service that is tested with another service's code cannot be changed, moved or released alone:
its tests break for reasons that are none of its own. Each service has its own ``tests/``; what all
tests share is in the test framework, and that knows no service.

## What changes
Nothing: where code belongs is a decision. Each finding names the way of the import, file by file,
through re-exports, aliases and stars, so that it is clear what has to move:

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
from ssot_migrate.transforms.service_boundary import imports, verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT702",
    slug="service-boundary",
    summary="a test that reaches into another service",
    places=imports.places,
    sparse=nothing_else,
)


@transform.detect(ast.Import, ast.ImportFrom)
def statements(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Imports of other packages."""
    assert isinstance(node, ast.Import | ast.ImportFrom)
    return imports.statement(transform.slug, node, doc)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
