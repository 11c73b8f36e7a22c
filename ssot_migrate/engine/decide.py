"""From sites to findings: each rule's verdict, then suppressions, policy and what the run includes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ssot_migrate.decisions import Decision
from ssot_migrate.engine.composing import Decided
from ssot_migrate.engine.findings import Verdict, finding, fingerprinted, unused_suppressions
from ssot_migrate.engine.gates.comments import lost_comment
from ssot_migrate.engine.gates.moving import lost_by_move
from ssot_migrate.engine.keeping import keeping
from ssot_migrate.engine.steering import steered, steering
from ssot_migrate.index.data_files import may_be_data
from ssot_migrate.index.reach import is_found_before, is_own
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.index.shipped import spoiled_build
from ssot_migrate.languages.decoding import to_utf8
from ssot_migrate.model import (
    Advice,
    Change,
    FileKind,
    Finding,
    Frozen,
    Problem,
    Safety,
    Site,
    Source,
    State,
    Suppression,
)
from ssot_migrate.plans.model import FilePlan
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Transform

if TYPE_CHECKING:
    from ssot_migrate.engine.merge import Merged

_OFF = "switched off by the settings' policy"
_EARLY = "it runs before the file has set up its import path, and needs an import that would then be missing"
_GENERATED = "the file says that it is generated: what generates it must change"


class Options(Frozen, frozen=True):
    """What the run asks for: ``review`` changes too, services, policy per rule, decisions per finding."""

    include_review: bool = False
    services: tuple[str, ...] = ()
    policy: dict[str, str] = {}
    decisions: tuple[Decision, ...] = ()


class FileDecision(Frozen, frozen=True):
    """All that was decided about one file; ``dated``: it may be another on another day."""

    path: str
    findings: tuple[Finding, ...] = ()
    plan: FilePlan | None = None
    problems: tuple[Problem, ...] = ()
    provides: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    shared: bool = False
    hits: dict[str, dict[str, int]] = {}
    dated: bool = False


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
        self.repo, self.profile, self.options, self.denied = repo, profile, options, frozenset(denied)
        repo.denied = self.denied
        self.steering = steering(options.decisions)
        self.rules: Mapping[str, Transform] = {rule.slug: rule for rule in rules}

    def decide(self, source: Source, scan: FileScan) -> FileDecision:
        """Decide every site of a file and merge what is to be changed."""
        problems: list[Problem] = []
        self.repo.dated = False
        made = [v for site in scan.sites if (v := self._verdict(site, scan, problems))]
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
            _buckets(verdicts, scan),
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

    def _verdict(self, site: Site, scan: FileScan, problems: list[Problem]) -> Verdict | None:
        rule = self.rules.get(site.rule)
        if rule is None:
            return None
        try:
            outcome = rule.rewriter(site, self.repo, self.profile)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the worker boundary: a rule's crash costs its site
            problems.append(
                Problem(site.path, "decide", f"{site.rule} crashed at line {site.line}: {error!r}", site.line)
            )
            outcome = Advice(f"the rule crashed here: {error!r}")
        if outcome is None:
            return None
        if allowed := _allowed(site, scan.suppressions):
            return Verdict(
                site, None, State.SUPPRESSED, Safety.ADVICE, allowed.reason or "suppressed without a reason"
            )
        if self.options.policy.get(rule.slug) == "off":
            return Verdict(site, None, State.SUPPRESSED, Safety.ADVICE, _OFF)
        if isinstance(outcome, Change) and scan.generated:
            outcome = Advice(_GENERATED)
        if isinstance(outcome, Advice) and outcome.exempt:
            return Verdict(site, None, State.SUPPRESSED, Safety.ADVICE, outcome.reason)
        if isinstance(outcome, Advice):
            return Verdict(site, None, State.ADVICE, Safety.ADVICE, outcome.reason)
        return self._of_change(site, scan, outcome, rule)

    def _of_change(self, site: Site, scan: FileScan, change: Change, rule: Transform) -> Verdict:
        policy = self.options.policy.get(rule.slug, "")
        missing = self.denied.intersection(change.requires)
        if missing:
            return Verdict(
                site,
                change,
                State.HELD,
                Safety.REVIEW,
                f"needs {sorted(missing)[0]}, which is not in this plan",
            )
        known = {"safe": Safety.SAFE, "review": Safety.REVIEW}
        safety, note = known.get(policy, change.safety), change.note or rule.summary
        doubt = may_be_data(self.repo, site.path) or _too_early(site, change, scan)
        doubt = doubt or spoiled_build(self.repo, change)
        if safety is Safety.SAFE and policy not in known and doubt:
            safety, note = Safety.REVIEW, f"{note}; {doubt}"
        applied = safety is Safety.SAFE or self.options.include_review
        return Verdict(site, change, State.CHANGED if applied else State.HELD, safety, note)


def _too_early(site: Site, change: Change, scan: FileScan) -> str:
    """Why a file that may be started by its path must not import at ``site`` yet; empty if it may."""
    layout = scan.layout if scan.script and "/" in site.path else None
    setup = layout.path_setup if layout else ()
    early = site.eager and change.needs and any(end > site.span.start for end in setup)
    return _EARLY if early else ""


def _allowed(site: Site, suppressions: Sequence[Suppression]) -> Suppression | None:
    matching = (s for s in suppressions if s.line == site.line and s.rule in ("*", site.rule))
    return next(matching, None)


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


def undecided(scan: FileScan, reason: str) -> FileDecision:
    """A file of which nothing could be decided: a problem, and its sites' hits in a bucket of their own."""
    hits: dict[str, dict[str, int]] = {}
    for site in scan.sites:
        if site.hits:
            bucket = hits.setdefault(site.rule, {"undecided": 0})
            bucket["undecided"] += len(site.hits)
    return FileDecision(scan.path, problems=(Problem(scan.path, "worker", reason),), hits=hits)


def _buckets(verdicts: Sequence[Verdict], scan: FileScan) -> dict[str, dict[str, int]]:
    """Textual hits by rule and bucket, for the sites of one file; a site without verdict is compliant."""
    state = {id(verdict.site): verdict.state.value for verdict in verdicts}
    buckets: dict[str, Counter[str]] = {}
    for site in scan.sites:
        if site.hits:
            buckets.setdefault(site.rule, Counter())[state.get(id(site), "compliant")] += len(site.hits)
    return {rule: dict(tally) for rule, tally in buckets.items()}
