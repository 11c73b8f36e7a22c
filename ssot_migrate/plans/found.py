"""The findings of a plan as the bytes that it has of them: who goes through them holds those of one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import msgspec

from ssot_migrate.findings import Finding, State
from ssot_migrate.model import Frozen, Safety

_encode = msgspec.json.Encoder(order="deterministic").encode
_decode = msgspec.json.Decoder(tuple[Finding, ...]).decode
_TOGETHER = 500  # findings: some 200 kB


class StateCount(Frozen, frozen=True, array_like=True):
    """How many findings of one service and rule are in this state, with this safety."""

    service: str
    rule: str
    state: State
    safety: Safety
    number: int


class Found(Sequence[Finding]):
    """Findings of many files, packed: each is made anew whenever somebody goes through them."""

    def __init__(self, chunks: Sequence[bytes], counts: Sequence[StateCount]) -> None:
        """``chunks`` are what ``chunk`` gives of each file, in the plan's order; ``counts`` are of all."""
        self.chunks, self.counts = chunks, counts

    def __len__(self) -> int:
        """How many there are."""
        return sum(count.number for count in self.counts)

    def __iter__(self) -> Iterator[Finding]:
        """All of them, in the plan's order."""
        for part in self.chunks:
            yield from _decode(b"[%s]" % part)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Finding]: ...
    def __getitem__(self, index: int | slice) -> Finding | Sequence[Finding]:
        """Some of them, at the cost of all."""
        return tuple(self)[index]

    def __eq__(self, other: object) -> bool:
        """Whether ``other`` holds the same findings, packed or not."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def chunk(findings: Sequence[Finding]) -> bytes:
    """``findings`` in canonical JSON, one after the other, without the brackets around them."""
    return _encode(findings)[1:-1]


def chunks(findings: Sequence[Finding]) -> Iterator[bytes]:
    """All of ``findings``, some at a time, as ``chunk`` gives them."""
    if isinstance(findings, Found):
        yield from findings.chunks
        return
    for start in range(0, len(findings), _TOGETHER):
        yield chunk(findings[start : start + _TOGETHER])


def in_numbers(findings: Sequence[Finding]) -> Sequence[StateCount]:
    """How many of ``findings`` there are of each kind."""
    if isinstance(findings, Found):
        return findings.counts
    found = Counter((each.service, each.rule, each.state, each.safety) for each in findings)
    return [StateCount(*kind, number) for kind, number in found.items()]


def added(found: Iterable[StateCount]) -> list[StateCount]:
    """``found`` of many files, those of one kind added up."""
    sums: Counter[tuple[str, str, State, Safety]] = Counter()
    for each in found:
        sums[each.service, each.rule, each.state, each.safety] += each.number
    return [StateCount(*kind, number) for kind, number in sums.items()]
