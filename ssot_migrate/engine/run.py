"""Scan, index, decide: the whole analysis of one repository, as a value."""

from __future__ import annotations

from typing import NamedTuple

from ssot_migrate.engine.decided import PackedDecision
from ssot_migrate.engine.deciding import decide_all, surroundings_of
from ssot_migrate.engine.inputs import Inputs
from ssot_migrate.engine.questions import answers
from ssot_migrate.engine.scanning import scan_all
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scans import Scans


class Analysis(NamedTuple):
    """Every file's scan, their index, and the decisions on those that hold sites of the chosen services."""

    scans: Scans
    repo: Repository
    decisions: tuple[PackedDecision, ...]


def analyse(inputs: Inputs) -> Analysis:
    """Scan all files and decide those of the chosen services."""
    scans = scan_all(inputs)
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
    return Analysis(scans, repo, tuple(decisions))
