"""Helpers and fixtures that stand in several test files, onto one definition.

## Why
A helper that was copied into five test files is mended in one of them. Nobody knows any more
whether the others differ on purpose.

## What changes
Module-level functions and fixtures of test code count as copies if all that they do is the same:
statements, defaults, decorators with their arguments (``scope``, ``params``, ``autouse``), and every
name, followed through imports to what it stands for. Docstrings and the own name do not count.

Of the copies in one service, one stays: that of a shared module before one of a test module, then
the one that most files import. An import takes the place of the others, under the name that they
had. A fixture that the next ``conftest.py`` above offers as well just goes.

* **safe** where nothing is shared that was not shared before.
* **review** where the one that stays is in a test module, where state or a default would be shared,
  where a fixture is wider than one test, where a decorator may do more, or where a test patches a
  name of the copy's module.

## Left alone
With advice: fixtures that no conftest offers yet, with the folder whose conftest would serve all;
copies in other services; copies with comments of their own; methods. Functions that read alike but
use something of their own module (a constant, another import behind the same name) are not proven
the same: the nearest is named, with the names that keep them apart.

Nothing is said of tests, hooks that pytest calls by name, functions of one or two plain steps, and
helpers that another rule speaks of (sessions, connections, doubles).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.copies.circles import planned
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site
from ssot_migrate.profile import Profile
from ssot_migrate.settings.model import DUPLICATES
from ssot_migrate.transform import Outcome, Transform, nothing_else
from ssot_migrate.transforms.duplicate_helper import functions as found
from ssot_migrate.transforms.duplicate_helper import verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT703",
    slug="duplicate-helper",
    summary="a helper or fixture that stands in several test files",
    places=found.places,
    sparse=nothing_else,
    category=DUPLICATES,
    own=("line", "cut", "calls"),
)


@transform.detect(ast.FunctionDef, ast.AsyncFunctionDef)
def functions(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Helpers and fixtures."""
    assert isinstance(node, FunctionNode)
    return found.helper(transform.slug, node, doc)


@transform.prepares
def prepare(repo: Repository) -> None:
    """Find what reads alike, and what copies would import."""
    verdict.by_shape(repo, transform.slug)
    planned(repo)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
