"""Database engines and sessions that tests build for themselves, onto the database utility.

## Why
A test that builds its own engine chooses its own driver, pool and clean-up, and leaves behind
what it commits. Forty ``get_db_session`` helpers do that in forty ways, of which nobody knows
which are the same. One utility gives every test a real transaction and undoes it afterwards.

## What changes
In test code, ``create_engine(url)`` can take its engine from the utility, where the URL is
text and no option but ``echo=False``, ``future=True`` or ``pool_pre_ping=True`` is given. It
waits for review: the utility chooses the driver of a PostgreSQL URL, checks connections before
use and begins SQLite transactions itself, which a test may notice.

Helpers and fixtures that build a session, or are named for it (``get_db_session``), are
compared over the whole repository: they count as copies if all that they do is the same,
names followed through imports. Of the copies in one service one stays, and an import takes the
place of the others, under the name that they had. A fixture that the nearest conftest offers
as well just goes. Both are safe where nothing is shared that was not shared before.

Everything else is advice that names the utility's way: ``session()`` and ``async_session()``
roll back what the test commits, which a ``sessionmaker`` does not, so that no edit of the call
alone can be right.

## Left alone
Application code, which builds its own engine as it should; the utility itself; projects whose
subject is SQLAlchemy or a driver, because they are its source; names that may mean two things;
calls in strings; SQLite by the standard library. Helpers that stand alone: what they call is
pointed out, and they need no word of their own.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Role, Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform
from ssot_migrate.transforms.database_helper import constructions, givers, verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT601",
    slug="database-helper",
    summary="a database engine or session that a test builds for itself",
    words=constructions.WORDS,
    also=("Session", "AsyncSession"),
    beside=constructions.PACKAGES,
    places=givers.places,
    sparse=givers.read_whole,
    roles=(Role.DATABASE,),
    own=("line", "cut", "calls"),
)


@transform.detect(ast.Call)
def calls(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls that build an engine, a session or what makes them."""
    assert isinstance(node, ast.Call)
    return constructions.construction(transform.slug, node, doc)


@transform.detect(ast.ImportFrom)
def other_names(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls through another name that an import gives to such a function."""
    assert isinstance(node, ast.ImportFrom)
    return constructions.renamed_construction(transform.slug, node, doc)


@transform.detect(ast.Module)
def definitions(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Functions and methods of the module that give sessions or engines to tests."""
    return givers.givers(transform.slug, doc)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
