"""Scanning all files: what the cache knows, the rest in workers; what kills one is counted by its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import msgspec

from ssot_migrate.custom.team import Team
from ssot_migrate.engine.compliance import Compliance
from ssot_migrate.engine.hits import rule_hits
from ssot_migrate.engine.inputs import Inputs, spread
from ssot_migrate.engine.inventory import Item, is_read, read_item
from ssot_migrate.engine.lineage import family, sketch, wanted
from ssot_migrate.engine.pool import Lost
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.engine.work import scan_items, start_scan
from ssot_migrate.findings import Problem
from ssot_migrate.index.packed import NO_SKETCH, PackedScan, packed
from ssot_migrate.index.scan import FileScan, HitCount, Sketch
from ssot_migrate.index.scans import Scans
from ssot_migrate.index.shelf import Apart, Shelf
from ssot_migrate.index.tables import unpacked
from ssot_migrate.model import FileKind, Source
from ssot_migrate.profile import Profile


def make_scanner(rules: tuple[str, ...], team: Team, markers: tuple[str, ...], profile: Profile) -> Scanner:
    """The scanner of a worker process."""
    transforms = find_rules(rules, team)
    return Scanner(transforms, markers, Compliance.of(transforms, profile))


def scan_all(inputs: Inputs) -> Scans:
    """Every item's scan, from the cache where its bytes are known."""
    cache, shown = inputs.scans, _shown(inputs)
    known = {item.path: scan for item in inputs.items if (scan := cache.get(item.path, item.oid))}
    sketches = _sketches(inputs, known)
    related = cache.related(sketches, partial(_related, inputs))
    fresh = []
    for item in inputs.items:
        asked, scan = shown.get(item.path, ()), known.get(item.path)
        seen = item.path in related
        if scan is None or (seen and not scan.classes_seen) or asked != scan.asked:
            fresh.append(item._replace(classes=seen, asked=asked))
    shelf = Shelf()
    found = {scan.path: _sketched(scan, sketches) for scan in _scan_fresh(inputs, fresh, shelf)}
    scans = Scans((known | found).values(), shelf)
    cache.save([scan for scan in scans.packed.values() if not scan.passing], scans.whole)
    return scans


def _sketched(scan: PackedScan, sketches: Mapping[str, msgspec.Raw]) -> PackedScan:
    sketch = sketches.get(scan.path)
    return msgspec.structs.replace(scan, sketch=sketch) if sketch else scan


def _sketches(inputs: Inputs, known: Mapping[str, PackedScan]) -> dict[str, msgspec.Raw]:
    """The sketch of every file, if some rule must know families of classes."""
    if not any(rule.classes for rule in find_rules(inputs.rules, inputs.team)):
        return {}
    found = {
        item.path: known[item.path].sketch if item.path in known else _sketch(inputs, item)
        for item in inputs.items
    }
    unread = inputs.fetch([item for item in inputs.items if found[item.path] is None])
    fetched = {item.path: _sketch(inputs, item) or NO_SKETCH for item in unread}
    return {path: each or fetched[path] for path, each in found.items()}


def _shown(inputs: Inputs) -> dict[str, tuple[str, ...]]:
    """By path, the rules that are shown its bytes."""
    paths = [item.path for item in inputs.items]
    found: dict[str, tuple[str, ...]] = {}
    for rule in find_rules(inputs.rules, inputs.team):
        for path in rule.among(paths) if rule.among else ():
            found[path] = (*found.get(path, ()), rule.slug)
    return found


def _sketch(inputs: Inputs, item: Item) -> msgspec.Raw | None:
    """The sketch of a file as the working tree has it; None if that is plainly not what git has."""
    if item.kind is not FileKind.PYTHON:
        return NO_SKETCH
    try:
        data = item.data if item.data is not None else Path(inputs.root, item.path).read_bytes()
    except (OSError, ValueError):
        return None
    if item.data is None and b"\0" in data:
        return None
    return msgspec.Raw(msgspec.msgpack.encode(sketch(item.path, data)))


def _related(inputs: Inputs, sketches: Mapping[str, msgspec.Raw]) -> frozenset[str]:
    """Paths of the files that may have to do with classes that some rule must know all about."""
    names = _family(inputs, sketches.values())
    return frozenset(path for path, each in sketches.items() if wanted(unpacked(each, Sketch), names))


def _family(inputs: Inputs, sketches: Iterable[msgspec.Raw]) -> frozenset[str]:
    """Names of classes that some rule must know all about."""
    rules = [rule for rule in find_rules(inputs.rules, inputs.team) if rule.classes]
    roles = {role for rule in rules for role in rule.roles}
    seeds = [word.decode() for rule in rules for word in rule.words]
    seeds += [spec.name for role, spec in inputs.profile.roles.items() if role in roles]
    patterns = [rule.class_names for rule in rules if rule.class_names]
    names = re.compile("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None
    return family((unpacked(each, Sketch) for each in sketches), seeds, names) if rules else frozenset()


def _scan_fresh(inputs: Inputs, items: Sequence[Item], shelf: Shelf) -> Iterator[PackedScan]:
    make = partial(make_scanner, inputs.rules, inputs.team, inputs.markers, inputs.profile)
    unread: list[str] = []
    done = 0
    commands = any(rule.command_detectors for rule in find_rules(inputs.rules, inputs.team))
    read = [item for item in items if is_read(item, commands)]
    yield from (packed(FileScan(item.path, item.oid)) for item in items if not is_read(item, commands))
    for part, result in spread(inputs, read, scan_items, start_scan, make):
        done += len(part)
        inputs.progress("scan", done, len(read))
        if isinstance(result, Lost):
            yield from (packed(_lost(inputs, item, str(result))) for item in part)
            continue
        found, missed = msgspec.msgpack.decode(result, type=tuple[Apart, tuple[str, ...]])
        yield from shelf.put(found)
        unread += missed
    if unread:
        again = inputs.fetch([item for item in items if item.path in frozenset(unread)])
        yield from _scan_fresh(inputs, again, shelf)


def _lost(inputs: Inputs, item: Item, reason: str) -> FileScan:
    """What can be said of a file that no parser survives: how often the legacy names stand in it."""
    source = read_item(item, inputs.root)
    data = source.data if isinstance(source, Source) else b""
    rules = find_rules(inputs.rules, inputs.team)
    counts = ((r.slug, len(rule_hits(r, r.words, r.places(item.path, data), data))) for r in rules)
    hits = tuple(HitCount(slug, count) for slug, count in counts if count)
    return FileScan(item.path, item.oid, hits=hits, problems=(Problem(item.path, "worker", reason),))
