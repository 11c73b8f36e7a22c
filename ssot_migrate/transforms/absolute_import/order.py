"""Where a statement goes whose name has changed, so that imports that were sorted stay sorted."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.import_order import ImportLine, Key, order_kept
from ssot_migrate.transforms.absolute_import.blocks import Block


class Order(NamedTuple):
    """Where lines go: by the start of each that must move, the offset before which it then stands.

    ``gap`` is the blank line that must go, if any; ``kept`` says why lines that should move do not.
    """

    moves: Mapping[int, int] = {}
    gap: tuple[int, int] | None = None
    kept: str = ""


def order_of(path: str, block: Block, names: Mapping[int, str], repo: Repository) -> Order:
    """The order of ``block`` once the lines that start at ``names`` import from those modules.

    Nothing moves where the block was in no order that import sorters make, nor where the order
    in which modules are loaded may matter: where one of them imports another one, or this file, in a circle.
    """
    joined = bool(block.above) and all(line.level for line in block.lines)
    joined = joined and all(_is_own(line, path, repo) for line in block.above)
    lines = [*block.above, *block.lines] if joined else list(block.lines)
    key = order_kept(block.lines, block.above)
    if key is None or len(lines) < 2:
        return Order()
    named = [_named(line, names) for line in lines]
    keys = [key(line) for line in named]
    gap = (block.above[-1].end, block.lines[0].start) if joined else None
    stay = _staying(keys, [line.start not in names for line in lines])
    moved = [index for index in range(len(lines)) if index not in stay]
    if not moved:
        return Order(gap=gap)
    if any(lines[index].commented for index in moved):
        return Order(kept="it is not sorted in, for the comments in it stay where they are")
    if circle := _circle(path, named, keys, repo):
        return Order(kept=f"it is not sorted in, for {circle}")
    return Order({lines[i].start: _place(keys[i], keys, lines, stay) for i in moved}, gap)


def _named(line: ImportLine, names: Mapping[int, str]) -> ImportLine:
    if line.start not in names:
        return line
    return replace(line, level=0, module=names[line.start])


def _is_own(line: ImportLine, path: str, repo: Repository) -> bool:
    """Whether a line imports the repository's own code by an absolute name, and no module of Python's."""
    pythons = line.module.partition(".")[0] in sys.stdlib_module_names
    return not line.level and not pythons and _file(line, path, repo) is not None


def _file(line: ImportLine, path: str, repo: Repository) -> str | None:
    return repo.modules.find(line.module, path.rpartition("/")[0])


def _staying(keys: Sequence[Key], fixed: Sequence[bool]) -> set[int]:
    """Indices that can stay where they are: all that are ``fixed``, and as many others as there may be."""
    best: list[tuple[int, int]] = []  # weight of the best chain that ends here, and its last link
    for index, key in enumerate(keys):
        weight = len(keys) if fixed[index] else 1
        links = ((best[i][0], i) for i in range(index) if keys[i] <= key)
        before, link = max(links, default=(0, -1))
        best.append((before + weight, link))
    index = max(range(len(best)), key=lambda i: best[i][0])
    stay = set()
    while index >= 0:
        stay.add(index)
        index = best[index][1]
    return stay


def _place(key: Key, keys: Sequence[Key], lines: Sequence[ImportLine], stay: set[int]) -> int:
    """The start of the first staying line that comes after ``key``, or the end of the last one."""
    after = (index for index in sorted(stay) if key < keys[index])
    found = next(after, None)
    return lines[max(stay)].end if found is None else lines[found].start


def _circle(path: str, lines: Sequence[ImportLine], keys: Sequence[Key], repo: Repository) -> str:
    """Why another order of ``lines`` may load modules in another way; empty if it does not."""
    files = [_file(line, path, repo) for line in lines]
    for file in files:
        if file and (file == path or path in repo.imports.behind(file)):
            return f"{file} imports this file again"
    for left, right in _swapped(keys):
        one, other = files[left], files[right]
        if one and other and _mutual(one, other, repo):
            return f"{one} and {other} import each other"
    return ""


def _swapped(keys: Sequence[Key]) -> Iterator[tuple[int, int]]:
    for right in range(len(keys)):
        for left in range(right):
            if keys[right] < keys[left]:
                yield left, right


def _mutual(one: str, other: str, repo: Repository) -> bool:
    return one != other and one in repo.imports.behind(other) and other in repo.imports.behind(one)
