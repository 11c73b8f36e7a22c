"""What the rules of each file ask of texts, found out in processes that end with what it took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import msgspec

from ssot_migrate.engine.answer_cache import Asked
from ssot_migrate.engine.asker import Asker
from ssot_migrate.engine.inputs import Inputs, is_little
from ssot_migrate.engine.inventory import Item
from ssot_migrate.engine.pool import Lost, Pool
from ssot_migrate.engine.work import ask_items, prepare_index, start_ask
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tables import Packed

_AT_ONCE = 5000  # files with sites: what is found out on the way to their questions takes some 10 kB each


def find_asked(
    inputs: Inputs, repo: Repository, known: Mapping[str, Asked]
) -> tuple[dict[str, Asked], dict[str, str]]:
    """The questions of each file that has any sites, and why those of some are not known."""
    items = [item for item in inputs.items if repo.scans.packed[item.path].rules]
    same = {i.path: known[i.path] for i in items if i.path in known and known[i.path].oid == i.oid}
    found, lost = _found_out(inputs, repo, [item for item in items if item.path not in same])
    return same | found, lost


def _found_out(
    inputs: Inputs, repo: Repository, items: Sequence[Item]
) -> tuple[dict[str, Asked], dict[str, str]]:
    """The questions of ``items``, and why those of some are not known.

    If they are many, so that as many are to be decided, the tables of the index are made first, and if
    very many, by a process each. What else it took to find out ends with the processes that did.
    """
    make = partial(Asker, repo, inputs.rules, inputs.team)
    if is_little(inputs, items):
        return make().of(items), {}
    steps = range(len(make().preparations()))
    parts = [[step] for step in steps] if len(items) > _AT_ONCE else [steps]
    _prepare(repo, Pool(prepare_index, start_ask, (make,), workers=1, method=inputs.method, once=True), parts)
    asked: dict[str, Asked] = {}
    lost: dict[str, str] = {}
    pool: Pool[Item, bytes] = Pool(ask_items, start_ask, (make,), workers=1, method=inputs.method, once=True)
    for part, result in pool.run(items[start : start + _AT_ONCE] for start in range(0, len(items), _AT_ONCE)):
        if isinstance(result, Lost):
            lost |= {item.path: str(result) for item in part}
        else:
            found, made = msgspec.msgpack.decode(result, type=tuple[dict[str, Asked], Packed])
            repo.tables.add(made)
            asked |= found
    return asked, lost


def _prepare(repo: Repository, pool: Pool[int, bytes], steps: Iterable[Sequence[int]]) -> None:
    """Have the tables of the index made; where that fails, who needs one makes it."""
    for _, made in pool.run(steps):
        if not isinstance(made, Lost):
            repo.tables.add(msgspec.msgpack.decode(made, type=Packed))
