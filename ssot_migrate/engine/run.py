"""Scan, index, decide: the whole analysis of one repository, as a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple

from ssot_migrate.engine.deciding import decide_all, surroundings_of
from ssot_migrate.engine.decision import PackedDecision
from ssot_migrate.engine.freed import give_back
from ssot_migrate.engine.inputs import Inputs
from ssot_migrate.engine.ledger import Ledger
from ssot_migrate.engine.questions import answers
from ssot_migrate.engine.scanning import scan_all
from ssot_migrate.findings import Problem
from ssot_migrate.index.repository import Repository


class Counted(NamedTuple):
    """What a plan says of files as a whole: their problems, and sums of what was counted in them.

    The ledger is of those that were decided or have nothing to decide; ``compliant`` are sites by service and
    rule.
    """

    problems: tuple[Problem, ...]
    ledger: Ledger
    compliant: Counter[tuple[str, str]]


class Analysis(NamedTuple):
    """The index of every file's scan, and the decisions on those that hold sites of the chosen services."""

    repo: Repository
    decisions: list[PackedDecision]

    def counted(self, rules: Iterable[str], ssot: Collection[str]) -> Counted:
        """What a plan of ``rules`` says of files as a whole.

        ``ssot`` are the files that make up the SSOT API: that they use each other is no adoption.
        """
        decided = {decision.path for decision in self.decisions}
        problems: list[Problem] = []
        ledger, compliant = Ledger(rules), Counter[tuple[str, str]]()
        for scan in self.repo.scans.packed.values():
            counts, service = scan.counts(), self.repo.service(scan.path)
            problems += counts.problems
            if scan.path in decided or not scan.rules:
                ledger.scanned(counts)
            for rule, number in counts.compliant.items() if scan.path not in ssot else ():
                compliant[service, rule] += number
        return Counted(tuple(problems), ledger, compliant)


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
