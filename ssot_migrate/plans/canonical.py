"""The canonical JSON of a plan, which its digest is taken of: written piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from ssot_migrate.plans.found import chunks
from ssot_migrate.plans.model import Plan

_encode = msgspec.json.Encoder(order="deterministic").encode
# No text of a user looks like this: its quotes are escaped.
_EMPTY = b'"files":[],"findings":[],'
_TOGETHER = 500  # files: some 200 kB
_ENOUGH = 200_000  # bytes


def parts(plan: Plan) -> Iterator[bytes]:
    """The canonical JSON of a plan in parts: fields in order of definition, mapping keys sorted."""
    head, _, tail = _encode(msgspec.structs.replace(plan, files=(), findings=())).partition(_EMPTY)
    yield head + b'"files":['
    starts = range(0, len(plan.files), _TOGETHER)
    yield from _joined(_encode(plan.files[start : start + _TOGETHER])[1:-1] for start in starts)
    yield b'],"findings":['
    yield from _joined(chunks(plan.findings))
    yield b"]," + tail


def _joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    """``parts``, none of which is empty, with a comma between any two: small ones together."""
    comma, held = b"", list[bytes]()
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size > _ENOUGH:
            yield comma + b",".join(held)
            comma, held, size = b",", [], 0
    if held:
        yield comma + b",".join(held)
