"""What rules ask of the texts of files, found out with the index that they ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial

from ssot_migrate.custom.team import Team
from ssot_migrate.engine.answer_cache import Asked, Question
from ssot_migrate.engine.inventory import Item
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.index.data_files import prepare
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tables import Packed


class Asker:
    """Asks for all sites of a file what their rules want to know."""

    def __init__(self, repo: Repository, rules: tuple[str, ...], team: Team) -> None:
        """Ask for ``rules``."""
        self.repo, self.rules = repo, find_rules(rules, team)
        self.askers = {rule.slug: rule.asker for rule in self.rules if rule.asker}

    def preparations(self) -> list[Callable[[], object]]:
        """What makes, one after the other, the tables of the index that most questions and decisions need."""
        of_rules = [partial(rule.preparer, self.repo) for rule in self.rules if rule.preparer]
        return [*self.repo.preparations(), partial(prepare, self.repo), partial(_each, of_rules)]

    def prepare(self, steps: Iterable[int]) -> Packed:
        """The tables that these of the preparations have made."""
        known = self.preparations()
        for step in steps:
            known[step]()
        return self.repo.tables.taken()

    def of(self, items: Iterable[Item]) -> dict[str, Asked]:
        """The questions of each file."""
        return {item.path: Asked(item.oid, tuple(dict.fromkeys(self._of(item.path)))) for item in items}

    def _of(self, path: str) -> Iterable[Question]:
        if self.askers.keys().isdisjoint(self.repo.scans.packed[path].rules):
            return
        for site in self.repo.scans.sites(path):
            if asker := self.askers.get(site.rule):
                yield from asker(site, self.repo)


def _each(preparers: Iterable[Callable[[], object]]) -> None:
    for preparer in preparers:
        with suppress(Exception):  # what needs it fails again, and says so at its site
            preparer()
