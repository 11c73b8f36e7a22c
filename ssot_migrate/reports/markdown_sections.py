"""What the page for a pull request says: what changed, why, what was left and why, and how to go back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_migrate.plans.model import Tally
from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.escaping import code, prose
from ssot_migrate.reports.summary import Summary
from ssot_migrate.reports.verification import verification_lines

_SHAPES = 40
_MOST = 60
_UNVERIFIED = "Its tests had not been run when this page was written."


class Section(NamedTuple):
    """A heading and its lines."""

    title: str
    lines: Sequence[str]


def sections(summary: Summary) -> Iterator[Section]:
    """What the page says, in order: the heading, what changed, its shapes, then the rest."""
    yield Section("", _head(summary))
    yield Section("What changed, and why", _changed(summary))
    yield Section("Changes by shape", _shapes(summary))
    if summary.scores:
        yield Section("Compliance", _compliance(summary))
    proof = list(verification_lines(summary.verification)) if summary.verification else []
    yield Section("Verification", proof or [_UNVERIFIED])
    if summary.conflicts:
        yield Section("Conflicts to come", list(_conflicts(summary)))
    yield Section("How to roll back", _rollback(summary))
    yield Section("What was left, and why", _most(list(_left(summary)), "reason") or ["Nothing."])
    if summary.stale:
        stale = [f"- {code(file.path)} {prose(file.reason)}" for file in summary.stale]
        yield Section("Planned, but not applied", stale)
    if summary.problems:
        problems = [f"- {code(p.path)} ({prose(p.stage)}): {code(p.message)}" for p in summary.problems]
        yield Section("Could not be looked at", problems)
    if summary.ledger:
        yield Section("Ledger", _ledger(summary))
    yield Section("Files", _most([f"- {code(path)}" for path in summary.files], "file"))


def _most(lines: list[str], noun: str) -> list[str]:
    """The first lines: they leave room for examples, and the forge lists files itself."""
    rest = len(lines) - _MOST
    more = [f"- … and {counted(rest, f'more {noun}')}: `report.json` has all"] if rest > 0 else []
    return lines[:_MOST] + more


def _head(summary: Summary) -> list[str]:
    sites = sum(rule.sites for rule in summary.rules)
    lines = [
        f"# Migration of {code(summary.service)} to single sources of truth",
        "",
        f"{counted(sites, 'site')} in {counted(len(summary.files), 'file')}, one commit per migration.",
        "",
        f"- Branch {code(summary.branch)}, commit `{summary.commit[:12]}`, on `{summary.parent[:12]}`",
        f"- Plan `{summary.plan}`",
        f"- Made by ssot-migrate {prose(summary.tool)}, profile {prose(summary.profile)}",
    ]
    if summary.stacked_on:
        lines += ["", f"**Stacked on {code(summary.stacked_on)}: merge that branch first.**"]
    return lines


def _changed(summary: Summary) -> list[str]:
    rows = (
        f"| {prose(rule.slug)} ({prose(rule.id)}) | {prose(rule.summary)} | {rule.files} | {rule.sites} |"
        for rule in summary.rules
    )
    explain = "`ssot-migrate explain RULE` tells what a rule does, and what it never touches."
    return ["| Migration | Why | Files | Sites |", "|---|---|---:|---:|", *rows, "", explain]


def _shapes(summary: Summary) -> list[str]:
    rows = (
        f"| {prose(group.rule)} | {code(group.shape, cell=True)} | {group.count} | {group.outliers or ''} |"
        for group in summary.groups[:_SHAPES]
    )
    rest = summary.groups[_SHAPES:]
    more = (
        ["", f"And {sum(g.count for g in rest)} changes of {counted(len(rest), 'other shape')}."]
        if rest
        else []
    )
    return ["| Migration | Before → after | Changes | Outliers |", "|---|---|---:|---:|", *rows, *more]


def _ledger(summary: Summary) -> list[str]:
    head = "Every textual hit of a legacy name in the whole plan, in exactly one bucket."
    rows = (f"| {prose(t.rule)} | {t.total} | {_buckets(t)} |" for t in summary.ledger)
    return [head, "", "| Migration | Hits | Buckets |", "|---|---:|---|", *rows]


def _buckets(tally: Tally) -> str:
    return ", ".join(f"{count} {prose(bucket)}" for bucket, count in tally.buckets.items())


def _compliance(summary: Summary) -> list[str]:
    rows = (
        f"| {prose(score.rule)} | {score.sites} | {score.compliant} | {score.compliant_after} |"
        for score in summary.scores
    )
    return ["| Migration | Sites | Compliant today | After |", "|---|---:|---:|---:|", *rows]


def _conflicts(summary: Summary) -> Iterator[str]:
    for each in summary.conflicts:
        certain = "does not merge with" if each.certain else "touches the same files as"
        yield f"- {certain} {code(each.other)} by {prose(each.author)}: {', '.join(map(code, each.paths))}"


def _rollback(summary: Summary) -> list[str]:
    return [
        f"- Before it is merged: `ssot-migrate undo {summary.branch}` takes back the whole run, or",
        f"  `git branch -D {summary.branch}` this branch.",
        "- Merged with a merge commit, or squashed: `git revert -m 1 <merge>`, or `git revert <commit>`.",
        f"- Fast-forwarded: `git revert --no-edit {summary.parent[:12]}..{summary.commit[:12]}`.",
    ]


def _left(summary: Summary) -> Iterator[str]:
    for group in summary.left:
        places = ", ".join(map(code, group.examples))
        more = ", …" if group.count > len(group.examples) else ""
        yield f"- {group.count} × {code(group.reason)} ({prose(group.rule)}, {group.state}): {places}{more}"
