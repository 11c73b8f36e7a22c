"""Which files must be parsed for their classes: those whose text may tie a class to what a rule looks for.

Names are compared without their modules, so more files are parsed than need be, never
fewer: a class statement, an ``import … as``, an assignment to a capitalised name are all
that can hand a base on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ssot_migrate.index.scan import Sketch

# Each opens with a letter or two that stand for themselves: the search for those runs at memory speed.
_CLASS = re.compile(rb"class[ \t]+(\w+)[ \t]*\\?\s*(?:\(([^:]{0,500}))?")
_AS = re.compile(rb" as[ \t]+([A-Z]\w*)")
_ASSIGNED = re.compile(rb"\n[ \t]*([A-Z]\w*)[ \t]*=[ \t]*([^\n=][^\n]{0,200})")
_WHOLE = re.compile(rb"^import unittest\b(?!\.)", re.MULTILINE)
_WORD = re.compile(rb"[A-Za-z_]\w*")
_CAPITALISED = re.compile(rb"\b[A-Z]\w*")


def sketch(path: str, data: bytes) -> Sketch:
    """The sketch of a Python file, from its bytes alone."""
    ties = [(found[1], found[2] or b"") for found in _CLASS.finditer(data)] if b"class " in data else []
    if b" as " in data:
        ties += [(found[1], _word_before(data, found.start())) for found in _AS.finditer(data)]
    ties += [(found[1], found[2]) for found in _ASSIGNED.finditer(data)]
    if b"import unittest" in data and b"TestCase" not in data and _WHOLE.search(data):
        ties.append((b"unittest", b"TestCase"))  # who takes the module from here may derive from its case
    package = path.endswith("__init__.py")
    if package:
        ties += [(name, b"") for name in set(_CAPITALISED.findall(data))]
    return Sketch(
        tuple((name.decode("ascii", "replace"), _words(text)) for name, text in ties),
        package and b"import *" in data,
    )


def _word_before(data: bytes, end: int) -> bytes:
    words = _WORD.findall(data, max(0, end - 80), end)
    return words[-1] if words else b""


def _words(text: bytes) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.decode("ascii", "replace") for word in _WORD.findall(text)))


def family(sketches: Iterable[Sketch], seeds: Iterable[str], names: re.Pattern[str] | None) -> frozenset[str]:
    """Names that may derive from ``seeds`` or from what ``names`` match, and all beside their bases."""
    heirs: dict[str, set[str]] = {}
    bases: dict[str, set[str]] = {}
    for one in sketches:
        for name, words in one.ties:
            bases.setdefault(name, set()).update(words)
            for word in words:
                heirs.setdefault(word, set()).add(name)
    own = {name for name in (*bases, *heirs) if names and names.fullmatch(name)}
    down = _reach({*seeds, *own}, heirs)
    return frozenset(_reach(down & set(bases), bases) | down)


def _reach(start: set[str], steps: Mapping[str, set[str]]) -> set[str]:
    seen = set(start)
    queue = list(start)
    while queue:
        fresh = steps.get(queue.pop(), set()) - seen
        seen |= fresh
        queue += fresh
    return seen


def wanted(one: Sketch, names: frozenset[str]) -> bool:
    """Whether a file binds one of ``names``, or hands one on."""
    return bool(names) and (one.star or any(name in names for name, _ in one.ties))
