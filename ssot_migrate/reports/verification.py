"""What the tests say of a branch, for the page of a pull request."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_migrate.masking import masked
from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.escaping import code, fence_of, printable, prose
from ssot_migrate.verify.model import Difference, SetAside, Verification, by_change

_MOST = 20
_LINES, _WIDEST = 12, 160


def verification_lines(found: Verification) -> Iterator[str]:
    """The verdict, what speaks against it, and what was set aside with the output of its test."""
    yield f"{_verdict(found)} {code(found.command)} ran on `{found.base[:12]}` and `{found.commit[:12]}`."
    yield ""
    yield from _listed("is worse", [_difference(each) for each in found.regressions])
    yield from _listed("speaks against it", [code(each) for each in found.doubts])
    yield from _listed("is not in git, and failing tests speak of it", [code(each) for each in found.lacking])
    yield from _listed("failed before, too", [code(each) for each in found.broken])
    yield from _listed("is flaky, and says nothing", [code(each) for each in found.flaky])
    yield from _listed("was not reached", [code(each) for each in found.unreached])
    yield ""
    changes = list(by_change(found.set_aside))
    for each, others in changes[:_MOST]:
        yield from _set_aside(each, others)
    if len(changes) > _MOST:
        yield f"And {counted(len(changes) - _MOST, 'change')} more."


def _verdict(found: Verification) -> str:
    verdict = "**Holds:**" if found.holds else "**Not proven:**"
    if not found.by_test:
        return f"{verdict} told by exit status alone, not test by test."
    scope = "all tests" if found.selected is None else "the tests that can be affected"
    return f"{verdict} of {scope}, {found.tests}, {found.passed} pass before and after."


def _difference(each: Difference) -> str:
    return f"{code(each.test)}: {prose(each.what)}, {code(each.before)} before, {code(each.after)} after"


def _listed(what: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (f"- {line} {what}" for line in lines[:_MOST])
    if len(lines) > _MOST:
        yield f"- {counted(len(lines) - _MOST, 'test')} more {what}"


def _set_aside(each: SetAside, others: int) -> Iterator[str]:
    place = code(f"{each.path}:{each.line}")
    besides = f" (and {counted(others, 'other test')})" if others else ""
    yield f"Set aside: {place} ({prose(each.rule)}), for {code(each.test)}{besides} fails with it:"
    lines = [printable(line.expandtabs(4))[:_WIDEST] for line in masked(each.output).splitlines()[-_LINES:]]
    fence = fence_of(lines)
    yield from ("", fence, *lines, fence, "")
