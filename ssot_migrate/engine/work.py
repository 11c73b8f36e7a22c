"""What a worker process does: scan files, ask for them, decide them. Module level, so that it pickles."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import msgspec

from ssot_migrate.engine import decision
from ssot_migrate.engine.asker import Asker
from ssot_migrate.engine.decide import Decider
from ssot_migrate.engine.decision import PackedDecision, undecided
from ssot_migrate.engine.facts import with_facts
from ssot_migrate.engine.inventory import Item, Unread, read_item
from ssot_migrate.engine.limits import timed
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.findings import Problem
from ssot_migrate.index.packed import PackedScan, packed
from ssot_migrate.index.scan import FileScan
from ssot_migrate.index.shelf import apart
from ssot_migrate.model import Source

R = TypeVar("R")

_state: dict[str, object] = {}
_COLLECT_EVERY = 1000
_AT_ONCE = 32


def start_scan(root: str, make: Callable[[], Scanner]) -> None:
    """Prepare this process to scan files below ``root``."""
    _state["root"], _state["scanner"] = root, make()
    gc.disable()


def scan_items(items: Sequence[Item]) -> bytes:
    """Scans of ``items``, for a shelf; paths whose bytes were not those of their blob come second."""
    scanner = _state["scanner"]
    assert isinstance(scanner, Scanner)
    scans: list[PackedScan] = []
    unread: list[str] = []
    for count, (item, source) in enumerate(_read(items), start=1):
        if isinstance(source, Unread):
            unread.append(item.path)
        elif isinstance(source, Problem):
            scans.append(packed(FileScan(item.path, item.oid, problems=(source,))))
        else:
            scans.append(packed(with_facts(scanner.scan(source, item.classes, item.asked), scanner.own)))
        if count % _COLLECT_EVERY == 0:
            gc.collect()
    return msgspec.msgpack.encode((apart(scans), unread))


def _read(items: Sequence[Item]) -> Iterator[tuple[Item, Source | Problem | Unread]]:
    """Each item with its bytes; to read some in a row takes less than half of what each by itself takes."""
    root = str(_state["root"])
    for start in range(0, len(items), _AT_ONCE):
        part = items[start : start + _AT_ONCE]
        sources = [read_item(item, root) for item in timed(part)]
        yield from timed(zip(part, sources, strict=True))


def start_ask(make: Callable[[], Asker]) -> None:
    """Prepare this process to find out what files ask of texts."""
    _state["asker"] = asker = make()
    asker.repo.tables.taken()
    gc.disable()


def ask_items(items: Sequence[Item]) -> bytes:
    """The questions of ``items`` as msgpack; tables of the index that were made for them come second."""
    asker = _state["asker"]
    assert isinstance(asker, Asker)
    return msgspec.msgpack.encode((asker.of(timed(items)), asker.repo.tables.taken()))


def prepare_index(steps: Sequence[int]) -> bytes:
    """The tables of the index that these of an asker's preparations make, as msgpack."""
    asker = _state["asker"]
    assert isinstance(asker, Asker)
    return msgspec.msgpack.encode(asker.prepare(steps))


def start_decide(root: str, make: Callable[[], Decider]) -> None:
    """Prepare this process to decide files below ``root``."""
    _state["root"], _state["decider"] = root, make()
    gc.disable()


def decide_items(items: Sequence[Item]) -> bytes:
    """Decisions on ``items`` as msgpack, paths as ``scan_items`` gives them, and new tables of the index."""
    decider = _state["decider"]
    assert isinstance(decider, Decider)
    decisions: list[PackedDecision] = []
    unread: list[str] = []
    for count, (item, source) in enumerate(_read(items), start=1):
        if isinstance(source, Source):
            decisions.append(decision.packed(decider.decide(source, decider.repo.scans[item.path])))
        elif isinstance(source, Unread):
            unread.append(item.path)
        else:
            decisions.append(decision.packed(undecided(decider.repo.scans[item.path], source.message)))
        if count % _COLLECT_EVERY == 0:
            gc.collect()
    return msgspec.msgpack.encode((decisions, unread, decider.repo.tables.taken()))
