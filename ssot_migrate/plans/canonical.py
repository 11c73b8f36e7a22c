"""The canonical JSON of a plan, which its digest is taken of: written piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from ssot_migrate.plans.model import Plan

_encode = msgspec.json.Encoder(order="deterministic").encode
# No text of a user looks like this: its quotes are escaped.
_EMPTY = b'"files":[],"findings":[],'
_TOGETHER = 500  # files, or findings: some 200 kB


def parts(plan: Plan) -> Iterator[bytes]:
    """The canonical JSON of a plan in parts: fields in order of definition, mapping keys sorted."""
    head, _, tail = _encode(msgspec.structs.replace(plan, files=(), findings=())).partition(_EMPTY)
    yield head + b'"files":['
    yield from _inside(plan.files)
    yield b'],"findings":['
    yield from _inside(plan.findings)
    yield b"]," + tail


def _inside(items: Sequence[object]) -> Iterator[bytes]:
    """The JSON of ``items`` without the brackets around it."""
    for start in range(0, len(items), _TOGETHER):
        yield b"," * bool(start) + _encode(items[start : start + _TOGETHER])[1:-1]
