"""What ``verify`` found, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_migrate.cli.text import say
from ssot_migrate.reports.counted import counted
from ssot_migrate.verify.model import Verification, by_change
from ssot_migrate.workflow.verifying import Verified

_MOST = 10


def show_verified(verified: Verified, *, err: bool = False) -> None:
    """Print each branch's verdict, what speaks against it, and what was set aside; ``err``: on stderr."""
    told: set[str] = set()
    for each in verified.branches:
        verdict = "holds" if each.holds else "is not proven"
        colour = "green" if each.holds else "red"
        say(f"{each.service} {verdict}: {_counts(each)}", fg=colour, err=err)
        for line in _lines(each, told):
            say(f"  {line}", err=err)
    if not verified.branches:
        say("nothing to verify: no branch is left", err=err)
    for away, others in by_change(verified.set_aside):
        besides = f", and {counted(others, 'other')}" if others else ""
        line = f"set aside: {away.path}:{away.line}: {away.rule}: {away.test} fails with it{besides}"
        say(line, fg="yellow", err=err)
    say(f"{counted(verified.runs, 'run')} of the tests, {verified.remembered} remembered", err=err)


def _counts(each: Verification) -> str:
    if not each.by_test:
        return f"`{each.command}`, by its exit status alone"
    return f"{counted(each.tests, 'test')}, {each.passed} pass before and after"


def _lines(each: Verification, told: set[str]) -> Iterator[str]:
    """What speaks against a branch, and what speaks for nothing, unless it is ``told`` by now."""
    worse = [f"{d.test}: {d.what}: {d.before or '-'} → {d.after or '-'}" for d in each.regressions]
    yield from _some("worse", worse)
    yield from _some("doubt", each.doubts)
    yield from _once("git has not, but the working tree", each.lacking, told)
    yield from _once("failed before", each.broken, told)
    yield from _once("flaky", each.flaky, told)
    yield from _once("not reached", each.unreached, told)
    if each.notes:
        yield f"otherwise, and no worse: {counted(len(each.notes), 'test')} (--format json names them)"


def _once(what: str, names: Sequence[str], told: set[str]) -> Iterator[str]:
    """Names that no branch above has had in its list, and how many others there are."""
    fresh = [name for name in names if f"{what}: {name}" not in told]
    told.update(f"{what}: {name}" for name in fresh)
    yield from _some(what, fresh)
    if old := len(names) - len(fresh):
        yield f"{what}: {counted(old, 'name')} as above"


def _some(what: str, names: Sequence[str]) -> Iterator[str]:
    yield from (f"{what}: {name}" for name in names[:_MOST])
    if len(names) > _MOST:
        yield f"{what}: and {len(names) - _MOST} more (--format json has all)"
