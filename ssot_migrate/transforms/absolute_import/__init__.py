"""Relative imports, onto the absolute name under which Python loads the file anyway.

## Why
``from ..orders.tests import helper`` says where a file lies, not what it needs. It breaks when a
file moves, cannot be searched for, and hides that a test of one service uses code of another. An
absolute name reads the same everywhere.

## What changes
``from .helpers import total`` becomes ``from orders.tests.helpers import total``, for tests and all
other code, in functions, under ``TYPE_CHECKING`` and with a star too. Only the dots and the name
after them are replaced; names, parentheses and comments behind ``import`` stay as they are. Further
lines that stand below an opening parenthesis follow it.

Where a block of imports was sorted, it stays so: a statement whose new name belongs elsewhere moves
within its block, and joins the repository's own absolute imports if only a blank line parts it from
them. Modules are then loaded in another order, as an import sorter would make it. So nothing moves
where one of them imports this file, or two each other, in a circle; the finding says so.

Python itself turns a relative import into an absolute one, by the name under which the importing
file was loaded. So the edit means the same, in circular imports too, if that name is what it seems:

* **safe** where pytest loads a test module of the package, or a distribution is built from it, and
  nothing in the repository imports it by another name.
* **review** where only other imports tell the name, where the module is not in the repository
  (a generated ``_version.py``), where an ``except ImportError`` catches the import, or where a
  finder on ``sys.meta_path`` may load the package under another name.

A folder without ``__init__.py`` inside a package may be data with an import path of its own, such as the
plugins of a test. There a name is certain only if something imports files of that folder by it.

The folder from which a package is loaded is told by ``__init__.py`` files, packaging configuration
(``src`` layouts, ``package-dir``), pytest's ``pythonpath`` and import mode, and by how all other
files spell their imports, which also tells namespace packages.

## Left alone
With advice that says what to do: a package that is imported by two names, which is named with both;
``try`` with another import in ``except``, which serves a start as a script; a file that sets
``__package__``; dots that lead out of the package; a file that belongs to no package;
``import_module(".name", …)``. Nobody need look at vendored code, which somebody else edits.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform, nothing_else
from ssot_migrate.transforms.absolute_import import statements, verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT701",
    slug=verdict.RULE,
    summary="a relative import",
    places=statements.places,
    also=[statements.META_PATH],
    counted=True,
    sparse=nothing_else,
)


@transform.detect(ast.ImportFrom)
def relative_imports(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """``from .module import name``."""
    assert isinstance(node, ast.ImportFrom)
    return statements.statement(transform.slug, node, doc)


@transform.detect(ast.Call)
def dynamic_imports(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """``import_module(".module", package)``."""
    assert isinstance(node, ast.Call)
    return statements.dynamic(transform.slug, node, doc)


@transform.detect(ast.Attribute)
def finders(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """``sys.meta_path``, in a file that imports packages by their names."""
    assert isinstance(node, ast.Attribute)
    return statements.finder(transform.slug, node, doc)


@transform.prepares
def prepare(repo: Repository) -> None:
    """Find out how files are loaded."""
    repo.loading.prepare()


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
