"""The verdict on one site: what its rule says, then suppressions, policy and what the run includes."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_migrate.engine.decision import Options
from ssot_migrate.engine.verdicts import Verdict
from ssot_migrate.findings import Problem, State, allowed
from ssot_migrate.index.data_files import may_be_data
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.index.shipped import spoiled_build
from ssot_migrate.model import Advice, Change, Safety, Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Transform

_OFF = "switched off by the settings' policy"
_EARLY = "it runs before the file has set up its import path, and needs an import that would then be missing"
# ``vendor`` alone may be a word of the business.
_VENDORED = frozenset({"_vendor", "_vendored", "vendored", "third_party"})
_THEIRS = "vendored code, which is edited where it comes from"
_GENERATED = "the file says that it is generated: what generates it must change"


class Judge:
    """Asks the rules of one run about sites; pure, as they are."""

    def __init__(
        self,
        repo: Repository,
        profile: Profile,
        rules: Mapping[str, Transform],
        options: Options,
        denied: frozenset[str],
    ) -> None:
        """``rules`` by slug; ``denied`` are promises (``class:…``) that the plan turned out not to keep."""
        self.repo, self.profile, self.rules, self.options, self.denied = repo, profile, rules, options, denied

    def verdict(self, site: Site, scan: FileScan, problems: list[Problem]) -> Verdict | None:
        """The verdict on one site; None where all is well. A rule that crashes adds to ``problems``."""
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
        if found := allowed(site, scan.suppressions):
            return Verdict(
                site, None, State.SUPPRESSED, Safety.ADVICE, found.reason or "suppressed without a reason"
            )
        if self.options.policy.get(rule.slug) == "off":
            return Verdict(site, None, State.SUPPRESSED, Safety.ADVICE, _OFF)
        if isinstance(outcome, Change):
            outcome = _made_elsewhere(site.path, scan) or outcome
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


def _made_elsewhere(path: str, scan: FileScan) -> Advice | None:
    """Why a file is not to be changed where it lies; None if nothing speaks against that."""
    if scan.generated:
        return Advice(_GENERATED)
    vendored = not _VENDORED.isdisjoint(path.split("/")[:-1])
    return Advice(_THEIRS, exempt=True) if vendored else None


def _too_early(site: Site, change: Change, scan: FileScan) -> str:
    """Why a file that may be started by its path must not import at ``site`` yet; empty if it may."""
    layout = scan.layout if scan.script and "/" in site.path else None
    setup = layout.path_setup if layout else ()
    early = site.eager and change.needs and any(end > site.span.start for end in setup)
    return _EARLY if early else ""
