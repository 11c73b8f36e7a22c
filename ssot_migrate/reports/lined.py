"""Texts as lines, cut once however often they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate

from ssot_migrate.edits import Edit
from ssot_migrate.plans.model import FilePlan

Block = tuple[int, int, list[bytes]]
"""A first line, the line after the last, and the lines that take their place."""


def lines_of(data: bytes) -> list[bytes]:
    """Lines as git counts them: a carriage return alone ends none."""
    if b"\r" not in data:
        return data.splitlines(keepends=True)
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + [
        rest for rest in data.split(b"\n")[-1:] if rest
    ]


class Lined:
    """A text, its lines, and the offset at which each of them begins, with that of the end."""

    def __init__(self, data: bytes) -> None:
        """Nothing is cut before it is asked for; ``changed`` are the blocks that edits were seen to make."""
        self.data = data
        self.changed: dict[tuple[Edit, ...], Sequence[Block]] = {}

    @cached_property
    def lines(self) -> Sequence[bytes]:
        """All lines, with their ends."""
        return lines_of(self.data)

    @cached_property
    def starts(self) -> Sequence[int]:
        """One more than there are lines."""
        return list(accumulate(map(len, self.lines), initial=0))


class BaseTexts:
    """What planned files were before: empty for one that the plan creates."""

    def __init__(self, read: Callable[[str], bytes]) -> None:
        """``read`` gives the bytes of a path."""
        self.read = read
        self._known: dict[str, Lined] = {}

    def of(self, file: FilePlan) -> Lined:
        """The text of one file."""
        if file.path not in self._known:
            self._known[file.path] = Lined(self.read(file.path) if file.before else b"")
        return self._known[file.path]
