"""Members of a cluster that differ from nearly all others in what a reader should know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.findings import Finding
from ssot_migrate.model import Frozen
from ssot_migrate.plans.model import FilePlan
from ssot_migrate.plans.shapes import Edits, carried

_FEW, _MOST = 10, 0.9
_LONG = 60
_REMEMBERED = 50_000


class Outlier(Frozen, frozen=True):
    """A member that differs from the rest of its cluster in something a reader should know."""

    fingerprint: str
    why: str


class Member(NamedTuple):
    """A change of a cluster: its finding, what it replaces by what, and its file."""

    finding: Finding
    edits: Edits
    file: FilePlan


def outliers_of(members: Sequence[Member]) -> Iterator[Outlier]:
    """Each member that differs in a feature which nearly all others of a large enough cluster share."""
    if len(members) < _FEW:
        return
    whys: dict[str, list[str]] = {}
    for feature in (_safety, _note, _place, _shared):
        for fingerprint, why in _deviants(members, feature):
            whys.setdefault(fingerprint, []).append(why)
    for fingerprint in _long_ones(members):
        whys.setdefault(fingerprint, []).append("carries over something unusually long")
    for member in members:
        if member.finding.fingerprint in whys:
            yield Outlier(member.finding.fingerprint, "; ".join(whys[member.finding.fingerprint]))


def _deviants(members: Sequence[Member], feature: Callable[[Member], str]) -> Iterable[tuple[str, str]]:
    values: Mapping[str, str] = {member.finding.fingerprint: feature(member) for member in members}
    usual, count = Counter(values.values()).most_common(1)[0]
    if count < _MOST * len(members):
        return ()
    return ((print_, value) for print_, value in values.items() if value != usual)


def _safety(member: Member) -> str:
    return f"is {member.finding.safety.value}, most others are not"


def _note(member: Member) -> str:
    return f"has a note of its own: {member.finding.message}"


def _place(member: Member) -> str:
    in_test = _in_test(member.file.path)
    return "stands in test code, most others do not" if in_test else "stands outside of test code"


@lru_cache(_REMEMBERED)
def _in_test(path: str) -> bool:
    return any(part.startswith("test") for part in path.replace("_test.", "/test.").split("/"))


def _shared(member: Member) -> str:
    return "other services use it" if member.file.foundation else "no other service uses it"


def _long_ones(members: Sequence[Member]) -> Iterator[str]:
    known = {edits: carried(edits) for edits in {member.edits for member in members}}
    lengths = {member.finding.fingerprint: known[member.edits] for member in members}
    limit = max(_LONG, 6 * _median(sorted(lengths.values())))
    return (fingerprint for fingerprint, length in lengths.items() if length > limit)


def _median(ordered: Sequence[int]) -> float:
    """That of the standard library, which takes longer to load than all else here takes."""
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) / 2
