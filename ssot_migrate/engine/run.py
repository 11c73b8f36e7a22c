"""Scan, index, decide: the whole analysis of one repository, as a value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ssot_migrate.engine.deciding import decide_all, surroundings_of
from ssot_migrate.engine.decision import PackedDecision
from ssot_migrate.engine.freed import give_back
from ssot_migrate.engine.inputs import Inputs
from ssot_migrate.engine.questions import answers
from ssot_migrate.engine.scanning import scan_all
from ssot_migrate.index.packed import Counts
from ssot_migrate.index.repository import Repository


class Counted(NamedTuple):
    """The counts of ``all`` files, and of those that were decided or have nothing to decide."""

    all: Sequence[Counts]
    done: Sequence[Counts]


class Analysis(NamedTuple):
    """The index of every file's scan, and the decisions on those that hold sites of the chosen services."""

    repo: Repository
    decisions: list[PackedDecision]

    def counted(self) -> Counted:
        """What a plan says of files as a whole."""
        decided = {decision.path for decision in self.decisions}
        scans = self.repo.scans.packed.values()
        found = [(scan.counts(), scan.path in decided or not scan.rules) for scan in scans]
        return Counted([each for each, _ in found], [each for each, done in found if done])


def analyse(inputs: Inputs) -> Analysis:
    """Scan all files and decide those of the chosen services."""
    scans = scan_all(inputs)
    give_back()
    rules = frozenset(inputs.rules)
    surroundings = surroundings_of(inputs, scans)
    repo = Repository(
        scans,
        inputs.targets,
        rules=rules,
        services=inputs.services,
        project=inputs.project,
        days=inputs.days,
        tables=inputs.tables.known(surroundings),
    )
    repo.answers, repo.unasked = answers(inputs, repo, surroundings)
    decisions = decide_all(inputs, repo, surroundings)
    inputs.tables.save(surroundings, repo.tables)
    return Analysis(repo, decisions)
