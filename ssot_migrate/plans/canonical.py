"""The canonical JSON of a plan, which its digest is taken of: written piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from ssot_migrate.plans.found import chunks
from ssot_migrate.plans.model import FilePlan, Plan

_encode = msgspec.json.Encoder(order="deterministic").encode
# No text of a user looks like this: its quotes are escaped.
_EMPTY = b'"files":[],"findings":[],'
_TOGETHER = 500  # files, or what there is of findings in as many: some 200 kB


def parts(plan: Plan) -> Iterator[bytes]:
    """The canonical JSON of a plan in parts: fields in order of definition, mapping keys sorted."""
    head, _, tail = _encode(msgspec.structs.replace(plan, files=(), findings=())).partition(_EMPTY)
    yield head + b'"files":['
    yield from _joined(_encode(plan.files[at : at + _TOGETHER])[1:-1] for at in _starts(plan.files))
    yield b'],"findings":['
    yield from _joined(chunks(plan.findings))
    yield b"]," + tail


def _starts(files: Sequence[FilePlan]) -> Iterable[int]:
    return range(0, len(files), _TOGETHER)


def _joined(parts: Iterable[bytes]) -> Iterator[bytes]:
    """``parts``, none of which is empty, with a comma between any two: some of them at a time."""
    rest = iter(parts)
    comma = b""
    while some := list(islice(rest, _TOGETHER)):
        yield comma + b",".join(some)
        comma = b","
