"""The page for a pull request: what changed, why, what was left and why, and how to go back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.escaping import code, prose
from ssot_migrate.reports.summary import Summary

# A pull request takes 65,536 characters; the rest is for who opens it.
LONGEST = 60_000
_CLOSING = 1_000


class Section(NamedTuple):
    """A heading and its lines."""

    title: str
    lines: Sequence[str]


def markdown_report(summary: Summary, longest: int = LONGEST) -> str:
    """At most ``longest`` characters (1,000 or more); if that cuts anything, the last line says what."""
    room = longest - _CLOSING
    kept: list[str] = []
    cut: list[str] = []
    for section in _sections(summary):
        lines = [f"## {section.title}", "", *section.lines, ""] if section.title else [*section.lines, ""]
        fitting = _fitting(lines, room) if not cut else 0
        kept += lines[:fitting]
        room -= sum(len(line) + 1 for line in lines[:fitting])
        if fitting < len(lines):
            cut.append(f"{len(lines) - fitting} lines of “{section.title or 'the heading'}”")
    closing = [f"Cut to fit: {', '.join(cut)}. `report.json` has everything."] if cut else []
    return "\n".join([*kept, *closing]).rstrip("\n") + "\n"


def _fitting(lines: Sequence[str], room: int) -> int:
    for count, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return count
    return len(lines)


def _sections(summary: Summary) -> Iterator[Section]:
    yield Section("", _head(summary))
    yield Section("What changed, and why", _changed(summary))
    if summary.scores:
        yield Section("Compliance", _compliance(summary))
    if summary.conflicts:
        yield Section("Conflicts to come", list(_conflicts(summary)))
    yield Section("How to roll back", _rollback(summary))
    yield Section("What was left, and why", list(_left(summary)) or ["Nothing."])
    if summary.stale:
        stale = [f"- {code(file.path)} {prose(file.reason)}" for file in summary.stale]
        yield Section("Planned, but not applied", stale)
    if summary.problems:
        problems = [f"- {code(p.path)} ({prose(p.stage)}): {code(p.message)}" for p in summary.problems]
        yield Section("Could not be looked at", problems)
    yield Section("Files", [f"- {code(path)}" for path in summary.files])


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
