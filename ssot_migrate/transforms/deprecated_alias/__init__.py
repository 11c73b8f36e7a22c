"""Deprecated aliases: who still uses each, and an end for those that nobody uses.

## Why
An alias keeps code going that has not been migrated yet. It was written with an owner and a
day on which it goes, and a day that passes without a word makes it one more way to do a thing.

## What changes
An alias that nothing in the repository uses is taken out with its import, and with the import
of what it stood for where that is no longer used. This is safe once its day has passed;
before, it is for review, because code outside of this repository may still count on it.
`ssot-migrate aliases --prune` plans just this.

An alias whose day has passed and that is still used is advice, which names owner and users.
The day is compared with that of the commit looked at, so that the same commit gives the same plan.

## Left alone
The aliases that the SSOT runtime brings along itself, and an alias in use, up to its day. Every
import of it counts as a use, by whatever way round (re-exports, star imports, `module.Name`),
and so does its dotted name in a string and each further mention of it in its own file. An alias
under a condition or inside a function or class, and one with comments that would be lost, is
pointed out and not removed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform, nothing_else
from ssot_migrate.transforms.deprecated_alias import sites, uses, verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT102",
    slug="deprecated-alias",
    summary="a deprecated alias that nobody uses, or whose day has passed",
    words=(sites.MAKER,),
    sparse=nothing_else,
)


@transform.detect(ast.Call)
def aliases(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls that make a deprecated alias."""
    assert isinstance(node, ast.Call)
    return sites.alias(transform.slug, node, doc)


@transform.asks
def asks(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """Whether files that import the module name the alias, and where its dotted name stands."""
    return uses.questions(site, repo)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
