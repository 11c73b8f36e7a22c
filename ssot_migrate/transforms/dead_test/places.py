"""Where tests may stand that never run, from the bytes of a file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ssot_migrate.languages.outline import Block, outline
from ssot_migrate.transforms.dead_test import backups, commented

UNITTEST_HOOKS = ("setUp", "tearDown", "setUpClass", "tearDownClass")
ASYNC_HOOKS = ("asyncSetUp", "asyncTearDown")
PYTEST_HOOKS = (
    "setup_method",
    "teardown_method",
    "setup_class",
    "teardown_class",
    "setup_module",
    "setup_function",
)
COLLECTING = (
    "pytest_collection_modifyitems",
    "pytest_pyfunc_call",
    "pytest_pycollect_makeitem",
    "pytest_plugins",
)
_HOOKS = frozenset(name.encode() for name in (*UNITTEST_HOOKS, *ASYNC_HOOKS, *PYTEST_HOOKS))
_OF_UNITTEST = frozenset(name.encode() for name in (*UNITTEST_HOOKS, *ASYNC_HOOKS))
_NO_CASES = re.compile(rb"parametrize\(\s*[\"'][^\"'\n]*[\"']\s*,\s*(?:\[\s*\]|\(\s*\))")
# Each opens with letters that stand for themselves: the search for those runs at memory speed.
_TARGETS = (
    re.compile(rb"patch(?:\.object|\.multiple)?\(\s*[\"'\w]"),
    re.compile(rb"setattr\(\s*[\"']?\w+\."),
)
_COLLECTING = re.compile("|".join(COLLECTING).encode())
_MARKED = (b"mark.asyncio", b"mark.anyio", b"mark.trio")


def places(path: str, data: bytes) -> Iterator[int]:
    """Offsets of lines on which a dead test, or what kills one, may stand."""
    if "test" not in path.lower():
        return
    if path.endswith("conftest.py"):
        yield from (found.start() for found in _COLLECTING.finditer(data))
    if b"def test" in data:
        yield from (found.start() for found in commented.heads(data))
        if backups.is_named_so(path):
            yield 0
        blocks = outline(data)
        yield from _odd(blocks, data)
        yield from _defined_again(blocks)
    if b"parametrize" in data:
        yield from (found.start() for found in _NO_CASES.finditer(data))
    if b"patch" in data:
        yield from (found.start() for pattern in _TARGETS for found in pattern.finditer(data))


def _odd(blocks: Sequence[Block], data: bytes) -> Iterator[int]:
    inside: dict[int, list[bytes]] = {}
    for block in blocks:
        inside.setdefault(block.above, []).append(block.name)
    marked = any(mark in data for mark in _MARKED)
    for index, block in enumerate(blocks):
        above = blocks[block.above] if block.above >= 0 else None
        if block.kind == b"cla":
            odd = _odd_class(block, inside.get(index, []))
        else:
            odd = _odd_function(block, above, data, marked)
        if odd:
            yield block.start


def _defined_again(blocks: Sequence[Block]) -> Iterator[int]:
    named = [b for b in blocks if b.name.startswith((b"test", b"Test"))]
    count = Counter((block.above, block.name) for block in named)
    return (block.start for block in named if count[block.above, block.name] > 1)


def _odd_class(block: Block, inside: Sequence[bytes]) -> bool:
    """Whether pytest may pass over a class with tests."""
    tests = any(name.startswith(b"test") for name in inside)
    return tests and (not block.name.startswith(b"Test") or b"__init__" in inside)


def _odd_function(block: Block, above: Block | None, data: bytes, marked: bool) -> bool:
    """Whether a test may not be awaited or called, or is a set-up that may not be."""
    if above and above.kind == b"def":
        return block.name.startswith(b"test") and above.name.startswith(b"test")
    if block.name.startswith(b"test"):
        return block.is_async and (marked or (above is not None and b"(" in _header(above, data)))
    return block.name in _HOOKS and (block.is_async or block.name in _OF_UNITTEST)


def _header(block: Block, data: bytes) -> bytes:
    return data[block.start : data.find(b":", block.start)]
