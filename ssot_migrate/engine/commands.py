"""Scanning files that carry shell commands: which commands are sites, and what the other hits are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ssot_migrate.edits import Span
from ssot_migrate.engine.suppressions import suppressions
from ssot_migrate.findings import Problem
from ssot_migrate.index.scan import FileScan, HitCount
from ssot_migrate.languages.commands import Unreadable, read_commands
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Command, Site, Source
from ssot_migrate.transform import Transform


def scan_commands(source: Source, rules: Sequence[Transform], markers: Sequence[str] = ()) -> FileScan:
    """All sites of a file that is not Python; what could not be read is a ``Problem`` in it."""
    hits = {rule.slug: _hits(rule, source.data) for rule in rules}
    try:
        commands = read_commands(source)
    except Unreadable as error:
        counts = tuple(HitCount(slug, len(found)) for slug, found in hits.items() if found)
        problem = Problem(source.path, "read", f"its commands cannot be read: {error.reason}")
        return FileScan(source.path, source.oid, hits=counts, problems=(problem,) if counts else ())
    problems: list[Problem] = []
    sites = [
        site for rule in rules for command in commands for site in _detected(rule, command, source, problems)
    ]
    counts = tuple(_count(slug, found, sites, commands, source.data) for slug, found in hits.items() if found)
    return FileScan(
        source.path,
        source.oid,
        sites=tuple(sites),
        suppressions=tuple(suppressions(source.data, markers)) if sites else (),
        hits=counts,
        problems=tuple(problems),
        parsed=True,
    )


def _hits(rule: Transform, data: bytes) -> tuple[int, ...]:
    return tuple(sorted({hit for word in rule.command_words for hit in word_offsets(data, word)}))


def _detected(rule: Transform, command: Command, source: Source, problems: list[Problem]) -> Iterable[Site]:
    try:
        return [site for detector in rule.command_detectors for site in detector(command, source)]
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the worker boundary: a rule's crash costs its command
        message = f"{rule.slug} crashed at line {command.line}: {error!r}"
        problems.append(Problem(source.path, "detect", message))
        return []


def _count(
    slug: str, hits: Sequence[int], sites: Iterable[Site], commands: Iterable[Command], data: bytes
) -> HitCount:
    """Sort the hits that no site claims: words of other commands, comments, and all other text."""
    claimed = {hit for site in sites if site.rule == slug for hit in site.hits}
    spans = [command.span for command in commands]
    buckets = {"other_names": 0, "comments": 0, "strings": 0}
    for hit in hits:
        if hit not in claimed:
            buckets[_bucket(hit, spans, data)] += 1
    return HitCount(slug, len(hits), **buckets)


def _bucket(hit: int, commands: Iterable[Span], data: bytes) -> str:
    if any(span.start <= hit < span.end for span in commands):
        return "other_names"
    line_start = data.rfind(b"\n", 0, hit) + 1
    return "comments" if b"#" in data[line_start:hit] else "strings"
