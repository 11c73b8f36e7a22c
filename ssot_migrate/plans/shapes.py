"""The shape of an edit: what it does to code, whatever names, strings and numbers it carries over."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_REMEMBERED = 50_000  # the same few texts are replaced, and put, again and again
_TOKEN = re.compile(
    r"(?P<string>[rbfuRBFU]{0,2}(?:'''(?s:.*?)'''|\"\"\"(?s:.*?)\"\"\"|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"))"
    r"|(?P<number>\d[\w.]*)|(?P<name>[^\W\d]\w*)|(?P<line>\n)|(?P<space>[^\S\n]+)|(?P<other>.)"
)
_CARRIED = {"string", "number", "name"}
_SIGN = {"string": "“{}”", "number": "#{}", "name": "‹{}›"}

Edits = tuple[tuple[str, str], ...]
"""What each edit of a change replaces and by what, in the order of the file."""
Shape = tuple[tuple[str, str], ...]
"""The same, without what is carried over."""


def shape(edits: Sequence[tuple[str, str]]) -> Shape:
    """The shape of a change with these replacements (before, after).

    A name, string or number that stands before and after is carried over, and only its place matters: ``‹1›``
    is the first name, ``“1”`` the first string. Space between tokens does not matter, line ends do.
    """
    pairs = [(_tokens(before), _tokens(after)) for before, after in edits]
    put = {token for _, after in pairs for token in after if token[0] in _CARRIED}
    signs: dict[tuple[str, str], str] = {}
    for before, _ in pairs:
        for token in before:
            if token in put and token not in signs and not keyword.iskeyword(token[1]):
                signs[token] = _SIGN[token[0]].format(1 + sum(kind == token[0] for kind, _ in signs))
    return tuple((_shown(before, signs), _shown(after, signs)) for before, after in pairs)


def shown(shape: Sequence[tuple[str, str]]) -> str:
    """A shape as a reader takes it in: ``…`` is what stays between two edits, ``∅`` nothing."""
    before, after = (
        ("…".join(side).strip() or "∅" for side in zip(*shape, strict=True)) if shape else ("", "")
    )
    return f"{before} → {after}"


def carried(edits: Sequence[tuple[str, str]]) -> int:
    """The length in characters of the longest name, string or number that stands before and after."""
    put = {token for _, after in edits for token in _tokens(after)}
    both = (
        len(token[1])
        for before, _ in edits
        for token in _tokens(before)
        if token in put and token[0] in _CARRIED
    )
    return max(both, default=0)


@lru_cache(_REMEMBERED)
def _tokens(text: str) -> tuple[tuple[str, str], ...]:
    found = (match for match in _TOKEN.finditer(text) if match.lastgroup != "space")
    return tuple((match.lastgroup or "", match.group()) for match in found)


def _shown(tokens: Iterable[tuple[str, str]], signs: dict[tuple[str, str], str]) -> str:
    """The tokens as text, with a space only where two words would become one."""
    parts: list[str] = []
    wordy = False
    for token in tokens:
        word = token[0] in _CARRIED
        parts += [" "] * (word and wordy) + [signs.get(token, token[1])]
        wordy = word
    return "".join(parts)
