"""Two runs side by side: which tests are worse, which are merely different, and which say nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ssot_migrate.verify.base import BAD, FATAL, Base
from ssot_migrate.verify.model import Difference, Outcome, Run, Test

WHOLE = "the test command"
_IDLE = frozenset({Outcome.SKIPPED, Outcome.XFAILED, Outcome.UNREACHED})
_GONE = "not collected"
_LONGEST = 200
# Pytest says by these that there were failures, or no tests; every other status is a failure of its own.
_TOLD_BY_TESTS = frozenset({0, 1, 5})


def regressions(base: Base, result: Run) -> Iterator[Difference]:
    """What is worse in ``result`` than the base has it, flaky tests left out."""
    if not base.run.by_test:
        yield from _whole(base.run, result)
        return
    for name, before in sorted(base.run.tests.items()):
        if name not in base.flaky and before.outcome not in BAD:
            yield from _worse(name, before, result)
    for name, after in sorted(result.tests.items()):
        if name not in base.run.tests and name not in base.flaky and after.outcome in BAD:
            yield Difference(name, "outcome", _GONE, after.outcome.value, after.output)
    broke_off = base.run.status in _TOLD_BY_TESTS and result.status not in _TOLD_BY_TESTS
    if broke_off and not any(test.outcome in FATAL for test in result.tests.values()):
        yield Difference(WHOLE, "outcome", ended(base.run), ended(result), result.output)


def notes(base: Base, result: Run) -> Iterator[Difference]:
    """What is different and no worse: tests that are new, repaired, or have more markers or fixtures."""
    for name, after in sorted(result.tests.items()):
        before = base.run.tests.get(name)
        if name in base.flaky or after.outcome in BAD:
            continue
        if before is None:
            yield Difference(name, "outcome", _GONE, after.outcome.value)
        elif before.outcome is not after.outcome and before.outcome is not Outcome.PASSED:
            yield Difference(name, "outcome", before.outcome.value, after.outcome.value)
        elif more := sorted({*after.markers, *after.fixtures} - {*before.markers, *before.fixtures}):
            yield Difference(name, "has besides", "", ", ".join(more))


def unreached(base: Base, result: Run) -> tuple[str, ...]:
    """Tests that are there and that were not begun on one side."""
    found = (*base.run.tests.items(), *result.tests.items())
    return tuple(sorted({name for name, test in found if test.outcome is Outcome.UNREACHED}))


def passed(base: Base, result: Run) -> int:
    """How many tests pass before and after."""
    both = base.run.tests.keys() & result.tests.keys() - base.flaky
    good = (Outcome.PASSED, Outcome.XPASSED)
    return sum(base.run.tests[n].outcome in good and result.tests[n].outcome in good for n in both)


def doubts(base: Base, result: Run, *, selected: bool) -> Iterator[str]:
    """Why a comparison without regressions is no proof."""
    for name, place in sorted({**base.run.foreign, **result.foreign}.items())[:5]:
        yield f"{name} was not imported from the tree under test but from {place}"
    if base.run.status is None or result.status is None:
        yield "the time limit ended a run"
    if not base.run.by_test:
        if base.run.status:
            yield f"the test command fails on the base: {ended(base.run)}{_last_words(base.run)}"
    elif base.run.status not in _TOLD_BY_TESTS:
        yield f"pytest did not come to its end on the base: {ended(base.run)}{_last_words(base.run)}"
    elif not passed(base, result) and not (selected and not base.run.tests):
        yield "no test passes before and after"


def fails(run: Run) -> bool:
    """Whether anything goes wrong in a run, be it told by test or not."""
    return bool(run.status) or run.status is None or any(test.outcome in BAD for test in run.tests.values())


def ended(run: Run) -> str:
    """How the command ended, in words."""
    if run.status is None:
        return "time limit"
    return f"killed by signal {-run.status}" if run.status < 0 else f"exit status {run.status}"


def _last_words(run: Run) -> str:
    """The last line that the command printed, as it says best why nothing ran; empty if there is none."""
    lines = run.output.strip().splitlines()
    return f"; its last line: {lines[-1].strip()[:_LONGEST]}" if lines else ""


def confirmed(found: Sequence[Difference], again: Iterable[Difference]) -> tuple[Difference, ...]:
    """Those of ``found`` that are there in a second run, too."""
    keys = {difference.key for difference in again}
    return tuple(difference for difference in found if difference.key in keys)


def _whole(base: Run, result: Run) -> Iterator[Difference]:
    if base.status == 0 and result.status != 0:
        yield Difference(WHOLE, "outcome", ended(base), ended(result), result.output)


def _worse(name: str, before: Test, result: Run) -> Iterator[Difference]:
    after = result.tests.get(name)
    if after is None:
        whole = result.tests.get(name.partition("::")[0], Test())
        yield Difference(name, "outcome", before.outcome.value, _GONE, whole.output)
    elif after.outcome in BAD or (before.outcome not in _IDLE and after.outcome in _IDLE):
        yield Difference(name, "outcome", before.outcome.value, after.outcome.value, after.output)
    else:
        lost: Mapping[str, set[str]] = {
            "markers": set(before.markers) - set(after.markers),
            "fixtures": set(before.fixtures) - set(after.fixtures),
        }
        for what, names in lost.items():
            if names:
                yield Difference(name, what, ", ".join(sorted(names)), "")
