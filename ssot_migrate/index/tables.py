"""What is found by going through all files: made once, kept packed, good while the facts of all files are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, Generic, TypeVar

import msgspec

T = TypeVar("T")
_pack = msgspec.msgpack.Encoder().encode
Packed = dict[str, msgspec.Raw]


class Tables:
    """Tables by name: those that are known from before, and those that were made since."""

    def __init__(self, known: Mapping[str, msgspec.Raw] | None = None) -> None:
        """Nothing of ``known`` is unpacked before it is asked for."""
        self.known: Packed = dict(known or {})
        self.made: Packed = {}

    def get(self, name: str, kind: type[T], make: Callable[[], object]) -> T:
        """The table ``name``: what is known of it, or what ``make`` gives; it may hold no place in a text."""
        if name not in self.known:
            self.known[name] = self.made[name] = msgspec.Raw(_pack(make()))
        found: T = unpacked(self.known[name], kind)
        return found

    def add(self, made: Packed) -> None:
        """Know what another process has made, too."""
        self.known |= made
        self.made |= made

    def taken(self) -> Packed:
        """What was made since this was last asked."""
        made, self.made = self.made, {}
        return made


class Rows(Mapping[str, T], Generic[T]):
    """The rows of a table, each unpacked when it is asked for."""

    def __init__(self, rows: Packed, kind: Any, made: Callable[[Any], T] | None = None) -> None:  # noqa: ANN401
        """``kind`` is what is packed; ``made``, a function of a module, makes the row of it."""
        self._rows, self._kind, self._made = rows, kind, made

    def __getitem__(self, key: str) -> T:
        """The row of ``key``."""
        row = unpacked(self._rows[key], self._kind)
        return self._made(row) if self._made else row

    def __contains__(self, key: object) -> bool:
        """Whether there is such a row."""
        return key in self._rows

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._rows)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._rows)


def rows(found: Iterable[tuple[str, object]]) -> Packed:
    """Keys with their values, each packed for itself."""
    return {key: msgspec.Raw(_pack(value)) for key, value in found}


@lru_cache(maxsize=64)
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:  # noqa: ANN401
    return msgspec.msgpack.Decoder(kind)


def unpacked(data: msgspec.Raw, kind: Any) -> Any:  # noqa: ANN401
    """``data`` as a ``kind``."""
    return _decoder(kind).decode(data)
