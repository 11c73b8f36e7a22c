"""Which of several copies stays: an order of files, so that imports between them all point one way."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_test_module
from ssot_migrate.model import Site


def canonical(copies: Sequence[Site], repo: Repository) -> Site:
    """The copy that stays: in a shared module before a test module, then the most imported, then by path."""

    def order(site: Site) -> tuple[bool, bool, int, str, int]:
        imported = len(repo.imports.importers.get(site.path, ()))
        return "cut" not in site.facts, is_test_module(site.path), -imported, site.path, site.span.start

    return min(copies, key=order)
