"""Changes leave the imports that other files take a name by, or that do something when they are loaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec.structs import replace

from ssot_migrate.engine.verdicts import Verdict
from ssot_migrate.findings import State
from ssot_migrate.index.effects import needed_for_effect
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import Safety


def keeping(
    verdicts: list[Verdict], scan: FileScan, repo: Repository, policy: Mapping[str, str], review: bool
) -> list[Verdict]:
    """The verdicts on a file, without what would drop such an import.

    One by which others take the name is used, and stays without a word.
    An import that stays unused looks like one that may go, so it is for a person to say what shall
    hold it: safe changes become changes for review, unless the team's ``policy`` calls their rule safe.
    ``review``: those are made, too.
    """
    drops = {name for verdict in verdicts if verdict.change for name in verdict.change.drops}
    if taken := repo.imports.handed_on(drops, scan.path):
        verdicts = [_without(verdict, taken) for verdict in verdicts]
    added = {need.module for verdict in verdicts if verdict.change for need in verdict.change.needs}
    needed = needed_for_effect(repo, scan.path, drops - taken, added) if drops - taken else {}
    return [_kept(verdict, needed, policy, review) for verdict in verdicts] if needed else verdicts


def _without(verdict: Verdict, names: Collection[str]) -> Verdict:
    if verdict.change is None or set(names).isdisjoint(verdict.change.drops):
        return verdict
    left = tuple(name for name in verdict.change.drops if name not in names)
    return verdict._replace(change=replace(verdict.change, drops=left))


def _kept(verdict: Verdict, needed: Mapping[str, str], policy: Mapping[str, str], review: bool) -> Verdict:
    names = [name for name in verdict.change.drops if name in needed] if verdict.change else []
    if not names:
        return verdict
    verdict = _without(verdict, needed)
    if verdict.safety is not Safety.SAFE or policy.get(verdict.site.rule) == "safe":
        return verdict
    state = State.CHANGED if review else State.HELD
    message = f"{verdict.message}; the import of {names[0]} stays, unused: {needed[names[0]]}"
    return verdict._replace(safety=Safety.REVIEW, state=state, message=message)
