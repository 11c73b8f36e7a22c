"""One base, one bench: what the tests say of commits that stand on it."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from ssot_migrate.engine.store import Store, cache_folder, fingerprint
from ssot_migrate.git.history import changes
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.submodules import missing_submodules
from ssot_migrate.git.worktrees import LinkedTree, linked_tree
from ssot_migrate.index.affected import Dependents
from ssot_migrate.settings import Settings
from ssot_migrate.verify import compare
from ssot_migrate.verify.base import Base, base_of, moved, restricted
from ssot_migrate.verify.bench import Bench
from ssot_migrate.verify.lacking import lacking
from ssot_migrate.verify.model import Difference, Run, Verification
from ssot_migrate.verify.surroundings import surroundings
from ssot_migrate.workflow.requests import VerifyRequest
from ssot_migrate.workflow.sources import moved_files, static
from ssot_migrate.workflow.tests_command import words_of
from ssot_migrate.workflow.verdicts import Verdicts

Selection = frozenset[str] | None


class Prover:
    """Tests commits against their common base; counts the runs that it needed and those it remembered."""

    def __init__(
        self, repo: Repository, base: str, tree: LinkedTree, bench: Bench, verdicts: Verdicts, *, every: bool
    ) -> None:
        """Use ``prover``, which makes the bench and takes it away again."""
        self.repo, self.base, self.tree, self.bench, self.verdicts = repo, base, tree, bench, verdicts
        self.every = every
        self.runs = self.remembered = 0
        self._bases: dict[Selection, Base] = {}

    @property
    def command(self) -> str:
        """The test command as a shell would take it."""
        return shlex.join(self.bench.words)

    def compared(self, service: str, commit: str) -> Verification:
        """What the tests say of ``commit``: nothing is isolated yet."""
        before = self.runs, self.remembered
        selected = self.selection(commit)
        places = moved_files(self.repo, self.base, commit)
        base, result = moved(self.base_run(selected), places), self.run(commit, selected)
        found = tuple(compare.regressions(base, result))
        flaky = base.flaky
        if found:
            again = tuple(compare.regressions(base, self.run(commit, selected, turn=2)))
            lasting = compare.confirmed(found, again)
            flaky |= {each.test for each in found if each not in lasting}
            found = lasting
        return Verification(
            service=service,
            base=self.base,
            commit=commit,
            command=self.command,
            by_test=base.run.by_test,
            selected=None if selected is None else len(selected),
            tests=len(base.run.tests.keys() | result.tests.keys()),
            passed=compare.passed(base, result),
            regressions=(*static(self.repo, self.base, commit, places), *found),
            notes=(
                *(Difference(new, "moved", old, new) for old, new in sorted(places.items())),
                *compare.notes(base, result),
            ),
            broken=base.broken,
            flaky=tuple(sorted(flaky)),
            unreached=compare.unreached(base, result),
            lacking=self.lacking(base),
            doubts=tuple(compare.doubts(base, result, selected=selected is not None)),
            runs=self.runs - before[0],
            remembered=self.remembered - before[1],
        )

    def selection(self, commit: str) -> Selection:
        """The files of the tests that ``commit`` can affect; None for all."""
        return None if self.every else self._dependents.of(changes(self.repo, self.base, commit))

    def base_run(self, selected: Selection) -> Base:
        """The base, run twice; what was run for a larger selection is not run again."""
        for larger, found in self._bases.items():
            if larger is None or (selected is not None and selected <= larger):
                return found if selected is None else restricted(found, selected)
        first, second = self.run(self.base, selected), self.run(self.base, selected, turn=2)
        self._bases[selected] = base_of(first, second)
        return self._bases[selected]

    def prepare(self, commits: Iterable[str]) -> None:
        """Run the base once for all that ``commits`` will be compared with."""
        selections = [self.selection(commit) for commit in commits]
        known = [selected for selected in selections if selected is not None]
        self.base_run(frozenset().union(*known) if len(known) == len(selections) else None)

    def run(self, commit: str, selected: Selection, turn: int = 1) -> Run:
        """One run of the command on ``commit``, remembered if it can be."""

        def test() -> Run:
            self.tree.show(commit)
            return self.bench.test(selected)

        chosen = None if selected is None else sorted(selected)
        parts = (self.repo.tree_id(commit), self.bench.words, self.bench.limit, chosen, turn)
        found, known = self.verdicts.get(parts, test)
        self.remembered += known
        self.runs += not known
        return found

    def lacking(self, base: Base) -> tuple[str, ...]:
        """What failing tests of the base speak of that only the working tree has, and lost submodules."""
        if not compare.fails(base.run):
            return ()
        outputs = (base.run.output, *(base.run.tests[name].output for name in base.broken))
        tracked = {entry.path for entry in self.repo.tree(self.base)}
        files = lacking(outputs, self.bench.original, tracked)
        return (*missing_submodules(self.repo, self.base), *files)

    @cached_property
    def _dependents(self) -> Dependents:
        paths = [entry.path for entry in self.repo.entries(self.base) if entry.path.endswith(".py")]
        read = self.repo.read_files(self.base, paths)
        return Dependents({path: data for path, (data, _) in read.items()})


@contextmanager
def prover(repo: Repository, settings: Settings, base: str, request: VerifyRequest) -> Iterator[Prover]:
    """What proves commits that stand on ``base``, in a working tree of its own that is gone afterwards.

    Raises:
        UsageError: the test command makes no sense.
        GitError: the working tree cannot be made.
    """
    words = words_of(repo, settings, base, request.command or settings.test_command)
    limit = request.limit or settings.test_timeout
    store = Store(cache_folder() if request.use_cache else None)
    key = fingerprint(str(repo.common_dir), surroundings(words, os.environ))
    with linked_tree(repo, base) as tree:
        original = repo.work_tree or Path(repo.common_dir)
        bench = Bench(tree.path, original, words, limit)
        yield Prover(repo, base, tree, bench, Verdicts(store, key), every=request.every)
