"""What an analysis needs, and how its work is spread over processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from ssot_migrate.custom.team import Team
from ssot_migrate.engine.answer_cache import AnswerCache
from ssot_migrate.engine.cache import ScanCache, TableCache
from ssot_migrate.engine.decision import Options
from ssot_migrate.engine.decision_cache import DecisionCache
from ssot_migrate.engine.inventory import Item, dealt
from ssot_migrate.engine.pool import Lost, Pool
from ssot_migrate.engine.progress import Progress
from ssot_migrate.index.project import Days, Project
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role
from ssot_migrate.profile import Profile

Fetch = Callable[[Sequence[Item]], Sequence[Item]]

LITTLE_BYTES = 1_500_000
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
    days: Days
    fetch: Fetch
    progress: Progress
    scans: ScanCache
    decisions: DecisionCache
    answers: AnswerCache
    tables: TableCache
    team: Team = Team()
    method: str | None = None
    workers: int | None = None


def spread(
    inputs: Inputs,
    items: Sequence[Item],
    work: Callable[[Sequence[Item]], bytes],
    start: Callable[[str, Any], None],
    make: Callable[[], object],
) -> Iterable[tuple[Sequence[Item], bytes | Lost]]:
    """Run ``work`` over ``items`` in worker processes: in one if that is little, never in this one."""
    if not items:
        return
    little = is_little(inputs, items)
    workers = 1 if little else inputs.workers or os.cpu_count() or 1
    parts = dealt(items, 1 if little else workers * _PARTS_PER_WORKER)
    pool: Pool[Item, bytes] = Pool(work, start, (inputs.root, make), workers=workers, method=inputs.method)
    yield from pool.run(parts)


def is_little(inputs: Inputs, items: Sequence[Item]) -> bool:
    """Whether work on ``items`` is not worth spreading; no more of them are looked at than tell that."""
    sizes = accumulate(_size(inputs.root, item) for item in items)
    return inputs.method is None and all(size < LITTLE_BYTES for size in sizes)


def _size(root: str, item: Item) -> int:
    if item.data is not None:
        return len(item.data)
    try:
        return os.stat(f"{root}/{item.path}").st_size
    except (OSError, ValueError):
        return 0
