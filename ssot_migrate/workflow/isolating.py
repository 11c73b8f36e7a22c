"""Which changes of a branch its failing tests fail with: plans made anew without some, and tested."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import msgspec

from ssot_migrate.decisions import Decision, Ruling, decide, merge
from ssot_migrate.engine.progress import Progress
from ssot_migrate.findings import Finding, State
from ssot_migrate.git.branches import prepare_branches
from ssot_migrate.git.names import FOUNDATION
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.clusters import clusters
from ssot_migrate.plans.model import Plan, paths_of
from ssot_migrate.plans.outcome import Branch
from ssot_migrate.verify import compare
from ssot_migrate.verify.base import moved
from ssot_migrate.verify.isolate import Items, Key, Part, isolate, tree
from ssot_migrate.verify.model import Difference, SetAside
from ssot_migrate.workflow import make_plan
from ssot_migrate.workflow.proving import Prover, Selection
from ssot_migrate.workflow.requests import Request
from ssot_migrate.workflow.sources import moved_files, static


def planned_again(plan: Plan, request: Request, progress: Progress, more: Iterable[Decision] = ()) -> Plan:
    """``plan`` made anew on its base, as it was asked for, under ``more`` decisions."""
    again = msgspec.structs.replace(
        request,
        services=plan.asked.services,
        rules=plan.asked.rules,
        include_review=plan.asked.include_review,
        revision=plan.base,
        staged=False,
        decisions=merge(plan.decisions, more),
    )
    return make_plan(again, progress)


def branches_of(repo: Repository, plan: Plan, services: Sequence[str] = ()) -> tuple[Branch, ...]:
    """The branches that ``plan`` gives, their commits made, whatever has their names; no ref is written."""
    chosen = frozenset(services) or None
    base = repo.read_files(plan.base, paths_of(plan.files))
    outcome = replay(plan, base.get, chosen)
    if not outcome.applied:
        return ()
    return prepare_branches(repo, plan, outcome, services=chosen, anew=True).branches


class Isolation:
    """One branch of a plan, whose tests fail with some of its changes."""

    def __init__(
        self, repo: Repository, plan: Plan, branch: Branch, tests: Prover, request: Request, most_runs: int
    ) -> None:
        """Test by ``tests``, and stop to look closer after ``most_runs`` runs."""
        self.repo, self.plan, self.branch, self.tests, self.request = repo, plan, branch, tests, request
        paths = set(branch.paths)
        changed = (f for f in plan.findings if f.state is State.CHANGED and f.path in paths)
        self.findings = {finding.fingerprint: finding for finding in changed}
        self.last_run = tests.runs + most_runs
        self.selected: Selection = None
        self.by_running = False

    def guilty(self, regressions: Sequence[Difference]) -> tuple[SetAside, ...]:
        """The changes to set aside, each with a test that it breaks; none if that cannot be told."""
        self.by_running = any(_is_of_a_run(each) for each in regressions)
        keys = {each.key: each for each in regressions}
        self.selected = self._narrow(regressions, frozenset(keys))
        showing = self._showing(self.branch.commit) & keys.keys()
        found = isolate(self._parts(), showing, self._fails) if showing and self.findings else {}
        return tuple(
            self._set_aside(item, keys[key]) for key, items in sorted(found.items()) for item in sorted(items)
        )

    def _set_aside(self, fingerprint: str, difference: Difference) -> SetAside:
        finding = self.findings[fingerprint]
        return SetAside(
            fingerprint, finding.rule, finding.path, finding.line, difference.test, difference.output
        )

    def _narrow(self, regressions: Sequence[Difference], keys: frozenset[Key]) -> Selection:
        """The files of the failing tests, if the failures show in a run of these alone, too."""
        wide = self.tests.selection(self.branch.commit)
        files = frozenset(each.test.partition("::")[0] for each in regressions if _is_of_a_run(each))
        if not files or compare.WHOLE in files:
            return wide
        self.selected = files
        return files if keys <= self._showing(self.branch.commit) else wide

    def _parts(self) -> Part:
        """Clusters of files of changes."""
        base = self.repo.read_files(self.plan.base, set(self.branch.paths))
        groups = []
        for cluster in clusters(self.plan, lambda path: base.get(path, (b"", ""))[0]):
            files: dict[str, list[str]] = {}
            for member in cluster.members:
                if member in self.findings:
                    files.setdefault(self.findings[member].path, []).append(member)
            if files:
                groups.append(list(files.values()))
        return tree(groups)

    def _fails(self, items: Items) -> frozenset[Key] | None:
        if self.by_running and self.tests.runs >= self.last_run:
            return None
        without = [decide(finding, Ruling.QUARANTINE) for finding in self._others(items)]
        plan = planned_again(self.plan, self.request, _silent, without)
        services = () if self.branch.service == FOUNDATION else (self.branch.service,)
        made = branches_of(self.repo, plan, services)
        tip = next((each.commit for each in reversed(made) if each.service == self.branch.service), None)
        return self._showing(tip or (made[0].commit if made else self.plan.base))

    def _others(self, items: Collection[str]) -> Iterable[Finding]:
        return (finding for name, finding in self.findings.items() if name not in items)

    def _showing(self, commit: str) -> frozenset[Key]:
        repo, base = self.tests.repo, self.tests.base
        places = moved_files(repo, base, commit)
        found = [each.key for each in static(repo, base, commit, places)]
        if self.by_running:
            before = moved(self.tests.base_run(self.selected), places)
            result = self.tests.run(commit, self.selected)
            found += [each.key for each in compare.regressions(before, result)]
        return frozenset(found)


def _is_of_a_run(difference: Difference) -> bool:
    return difference.what in ("outcome", "markers", "fixtures")


def _silent(stage: str, done: int, total: int) -> None:
    """Report nothing: a plan made on the way is of no interest."""
