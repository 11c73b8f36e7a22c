"""Scan, index, decide: the whole analysis of one repository, as a value."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

import msgspec

from ssot_migrate.engine.cache import ScanCache
from ssot_migrate.engine.compliance import Compliance
from ssot_migrate.engine.decide import Decider, FileDecision, Options
from ssot_migrate.engine.inventory import Item, chunks
from ssot_migrate.engine.pool import Lost, Pool
from ssot_migrate.engine.progress import Progress
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.engine.work import decide_items, scan_items, start_decide, start_scan
from ssot_migrate.index.project import Project
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Problem, Role
from ssot_migrate.profile import Profile

Fetch = Callable[[Sequence[Item]], Sequence[Item]]

INLINE_BYTES = 1_500_000
_PARTS_PER_WORKER = 8


class Inputs(NamedTuple):
    """What an analysis needs: files, rules, targets, and how to report and to fetch blobs."""

    root: str
    items: Sequence[Item]
    rules: tuple[str, ...]
    profile: Profile
    targets: Mapping[Role, Target]
    services: Mapping[str, str]
    markers: tuple[str, ...]
    options: Options
    project: Project
    fetch: Fetch
    progress: Progress
    cache: ScanCache | None = None
    method: str | None = None
    workers: int | None = None


class Analysis(NamedTuple):
    """Every file's scan and the decisions on those that hold sites of the chosen services."""

    scans: tuple[FileScan, ...]
    decisions: tuple[FileDecision, ...]


def analyse(inputs: Inputs) -> Analysis:
    """Scan all files and decide those of the chosen services."""
    scans = scan_all(inputs)
    rules = frozenset(inputs.rules)
    repo = Repository(scans, inputs.targets, rules=rules, services=inputs.services, project=inputs.project)
    return Analysis(tuple(scans), tuple(decide_all(inputs, repo)))


# -- scanning --------------------------------------------------------------------------------


def make_scanner(rules: tuple[str, ...], markers: tuple[str, ...], profile: Profile) -> Scanner:
    """The scanner of a worker process."""
    transforms = find_rules(rules)
    return Scanner(transforms, markers, Compliance.of(transforms, profile))


def scan_all(inputs: Inputs) -> list[FileScan]:
    """Every item's scan, from the cache where its bytes are known, in path order."""
    cache = inputs.cache
    known = {} if cache is None else {i.path: s for i in inputs.items if (s := cache.get(i.path, i.oid))}
    fresh = [item for item in inputs.items if item.path not in known]
    scans = {**known, **{scan.path: scan for scan in _scan_fresh(inputs, fresh)}}
    ordered = [scans[path] for path in sorted(scans)]
    if cache is not None and (fresh or len(cache.known) != len(ordered)):
        cache.save(ordered)
    return ordered


def _scan_fresh(inputs: Inputs, items: Sequence[Item]) -> list[FileScan]:
    make = partial(make_scanner, inputs.rules, inputs.markers, inputs.profile)
    scans: list[FileScan] = []
    unread: list[str] = []
    done = 0
    for part, result in _spread(inputs, items, scan_items, start_scan, make):
        done += len(part)
        inputs.progress("scan", done, len(items))
        if isinstance(result, Lost):
            scans += [FileScan(i.path, i.oid, problems=(Problem(i.path, "scan", str(result)),)) for i in part]
            continue
        found, missed = msgspec.msgpack.decode(result, type=tuple[tuple[FileScan, ...], tuple[str, ...]])
        scans += found
        unread += missed
    if unread:
        again = inputs.fetch([item for item in items if item.path in frozenset(unread)])
        scans += _scan_fresh(inputs, again)
    return scans


# -- deciding --------------------------------------------------------------------------------


def decide_all(inputs: Inputs, repo: Repository) -> list[FileDecision]:
    """Decide until no change counts on another that is not made, then in path order."""
    wanted = [item for item in inputs.items if _concerns(item, inputs, repo)]
    decisions = {d.path: d for d in _decide(inputs, repo, wanted, ())}
    denied: set[str] = set()
    while True:
        provided = {promise for decision in decisions.values() for promise in decision.provides}
        broken = {need for d in decisions.values() for need in d.requires} - provided
        if not broken - denied:
            return [decisions[path] for path in sorted(decisions)]
        denied |= broken
        again = [item for item in wanted if denied.intersection(decisions[item.path].requires)]
        decisions |= {d.path: d for d in _decide(inputs, repo, again, denied)}


def _concerns(item: Item, inputs: Inputs, repo: Repository) -> bool:
    chosen, scan = inputs.options.services, repo.scans[item.path]
    return bool(scan.sites or scan.suppressions) and (not chosen or repo.service(item.path) in chosen)


def make_decider(
    repo: Repository, profile: Profile, rules: tuple[str, ...], options: Options, denied: Collection[str]
) -> Decider:
    """The decider of a worker process."""
    return Decider(repo, profile, find_rules(rules), options, denied)


def _decide(
    inputs: Inputs, repo: Repository, items: Sequence[Item], denied: Collection[str]
) -> Iterable[FileDecision]:
    make = partial(make_decider, repo, inputs.profile, inputs.rules, inputs.options, frozenset(denied))
    done = 0
    for part, result in _spread(inputs, items, decide_items, start_decide, make):
        done += len(part)
        inputs.progress("decide", done, len(items))
        if isinstance(result, Lost):
            yield from (
                FileDecision(i.path, problems=(Problem(i.path, "decide", str(result)),)) for i in part
            )
        else:
            yield from msgspec.msgpack.decode(result, type=tuple[FileDecision, ...])


def _spread(
    inputs: Inputs,
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], bytes],
    start: Callable[[str, Any], None],
    make: Callable[[], object],
) -> Iterable[tuple[Sequence[Item], bytes | Lost]]:
    """Run ``work`` over ``items``: here if that is little, else in worker processes."""
    sizes = [_size(inputs.root, item) for item in items]
    if not items:
        return
    if sum(sizes) < INLINE_BYTES and inputs.method is None:
        start(inputs.root, make)
        yield items, work(items)
        return
    workers = inputs.workers or os.cpu_count() or 1
    parts = chunks(items, sizes, workers * _PARTS_PER_WORKER)
    pool: Pool[Item, bytes] = Pool(work, start, (inputs.root, make), workers=workers, method=inputs.method)
    yield from pool.run(parts)


def _size(root: str, item: Item) -> int:
    if item.data is not None:
        return len(item.data)
    try:
        return os.stat(f"{root}/{item.path}").st_size
    except (OSError, ValueError):
        return 0
