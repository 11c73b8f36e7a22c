"""From the sites of a file to its findings and its plan: verdicts, gates, and changes merged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ssot_migrate.engine.composing import Decided
from ssot_migrate.engine.decision import FileDecision, Options, buckets
from ssot_migrate.engine.gates.comments import lost_comment
from ssot_migrate.engine.gates.moving import lost_by_move
from ssot_migrate.engine.judging import Judge
from ssot_migrate.engine.keeping import keeping
from ssot_migrate.engine.steering import steered, steering
from ssot_migrate.engine.verdicts import Verdict, finding, fingerprinted, unused_suppressions
from ssot_migrate.findings import Problem, State
from ssot_migrate.index.reach import is_found_before, is_own
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.languages.decoding import to_utf8
from ssot_migrate.model import FileKind, Safety, Source
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Transform

if TYPE_CHECKING:
    from ssot_migrate.engine.merge import Merged


class Decider:
    """Decides files against one repository index; pure, so any worker may do any file."""

    def __init__(
        self,
        repo: Repository,
        profile: Profile,
        rules: Sequence[Transform],
        options: Options,
        denied: Collection[str] = (),
    ) -> None:
        """``denied`` are promises (``class:…``) that turned out not to be kept by the plan."""
        self.repo, self.options, self.denied = repo, options, frozenset(denied)
        repo.denied = self.denied
        self.steering = steering(options.decisions)
        self.rules: Mapping[str, Transform] = {rule.slug: rule for rule in rules}
        self.judge = Judge(repo, profile, self.rules, options, self.denied)

    def decide(self, source: Source, scan: FileScan) -> FileDecision:
        """Decide every site of a file and merge what is to be changed."""
        problems: list[Problem] = []
        self.repo.dated = False
        made = [v for site in scan.sites if (v := self.judge.verdict(site, scan, problems))]
        found = keeping(made, scan, self.repo, self.options.policy, self.options.include_review)
        rulings = self.steering.get(source.path, {})
        verdicts = [
            steered(v, rulings.get(v.fingerprint), self.denied) for v in fingerprinted(found, source, scan)
        ]
        if source.kind is FileKind.PYTHON:
            verdicts = _without_losses(verdicts, source, scan)
        chosen = [
            Decided(v.site, v.change, v.fingerprint)
            for v in verdicts
            if v.change and v.state is State.CHANGED
        ]
        merged = self._merged(source, scan, chosen) if chosen else None
        if merged and merged.gate:
            verdicts = [_gated(v, merged.gate) for v in verdicts]
        if merged and merged.deferred:
            verdicts = [_deferred(v) if v.site in merged.deferred else v for v in verdicts]
        kept = [v.change for v in verdicts if v.change and v.state is State.CHANGED]
        service = self.repo.service(source.path)
        unused = unused_suppressions(verdicts, scan, self._readers(source), service)
        return FileDecision(
            source.path,
            (*(finding(v, service) for v in verdicts), *unused),
            merged.plan if merged else None,
            tuple(problems),
            tuple(sorted({p for change in kept for p in change.provides})),
            tuple(sorted({r for change in kept for r in change.requires})),
            any(change.shared for change in kept),
            buckets(verdicts, scan),
            self.repo.dated,
        )

    def _readers(self, source: Source) -> list[str]:
        """The rules that read files of this kind; what others are allowed there, as in an example, stays."""
        python = source.kind is FileKind.PYTHON
        return [slug for slug, rule in self.rules.items() if python or rule.command_detectors]

    def _merged(self, source: Source, scan: FileScan, chosen: Sequence[Decided]) -> Merged:
        from ssot_migrate.engine.gates.repository import objection
        from ssot_migrate.engine.merge import merge
        from ssot_migrate.languages.import_places import Surroundings

        gate = partial(objection, source, scan, chosen, self.repo) if source.kind is FileKind.PYTHON else None
        around = Surroundings(
            lambda top: is_own(self.repo, top, source.path),
            lambda module: is_found_before(self.repo, source.path, module),
        )
        service = self.repo.service(source.path)
        merged = merge(source, scan, chosen, list(self.rules), service, gate, around)
        place = merged.plan.moved if merged.plan else ""
        if place and (reason := lost_by_move(scan, place, self.repo)):
            return merged._replace(plan=None, gate=reason)
        return merged


def _without_losses(verdicts: list[Verdict], source: Source, scan: FileScan) -> list[Verdict]:
    """The gate on comments judges each change by itself, so that one costs no other of the file."""
    if not any(verdict.change for verdict in verdicts):
        return verdicts
    text = to_utf8(source.data, scan.encoding)
    return [_gated(v, lost_comment(text, v.change.edits)) if v.change else v for v in verdicts]


def _gated(verdict: Verdict, gate: str) -> Verdict:
    if verdict.state is not State.CHANGED or not gate:
        return verdict
    return verdict._replace(state=State.GATED, safety=Safety.ADVICE, message=f"left as it was; {gate}")


def _deferred(verdict: Verdict) -> Verdict:
    return verdict._replace(
        state=State.HELD, message="overlaps another change of this plan; plan again after it is applied"
    )
