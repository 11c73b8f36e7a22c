"""Words of shell commands: where they stand, what they are without quotes, what ``sh -c`` makes of one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ssot_migrate.languages.fragments import Fragment
from ssot_migrate.model import Command, Word

Range = tuple[int, int]

_UNPLAIN = re.compile(rb"""[\s\\'"$`*?\[\]{}~()<>|&;]""")
_QUOTED = re.compile(rb"""'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)""", re.DOTALL)
_ESCAPED = re.compile(rb'\\([$`"\\])|\\\n', re.DOTALL)
_HIDING = re.compile(rb"[\\`]|\$\(")
_SHELL = re.compile(r"(?:.*/)?(?:sh|bash|dash|ash|zsh|ksh)")


def is_shell(program: str) -> bool:
    """Whether ``program`` names a Bourne-like shell."""
    return bool(_SHELL.fullmatch(program))


def line_at(data: bytes, offset: int) -> int:
    """The line of a byte, counted from 1."""
    return bisect_left(_newlines(data), offset) + 1


@lru_cache(maxsize=1)
def _newlines(data: bytes) -> list[int]:
    return [match.start() for match in re.finditer(rb"\n", data)]


def script_index(words: Sequence[Word]) -> int | None:
    """The index of the word that ``sh -c`` runs as a script, if the words are such a call."""
    for index, word in enumerate(words):
        if not is_shell(word.text):
            continue
        for option in range(index + 1, min(index + 6, len(words) - 1)):
            if re.fullmatch(r"-[a-zA-Z]*c", words[option].text):
                return option + 1
    return None


def command(
    data: bytes, fragment: Fragment, assignments: Sequence[Range], ranges: Sequence[Range], locked: str
) -> Command:
    """The command whose assignments and words stand at these ranges of the fragment's text."""
    start = min(first for first, _ in (*assignments, *ranges))
    place = fragment.place(start, ranges[-1][1])
    return Command(
        words=tuple(_word(data, fragment, *bounds) for bounds in ranges),
        span=place,
        line=line_at(data, place.start),
        assignments=tuple(_word(data, fragment, *bounds) for bounds in assignments),
        locked=fragment.locked or locked,
    )


def _word(data: bytes, fragment: Fragment, start: int, end: int) -> Word:
    place = fragment.place(start, end)
    raw = fragment.text[start:end]
    plain = not _UNPLAIN.search(raw) and place.slice(data) == raw
    return Word((raw if plain else _unquoted(raw)).decode(), place, plain)


def _unquoted(raw: bytes) -> bytes:
    """The word after quote removal; one with a substitution in it stays as it is written."""
    if b"$(" in raw or b"`" in raw:
        return raw
    return _QUOTED.sub(_value, raw)


def _value(match: re.Match[bytes]) -> bytes:
    single, double, escaped = match.groups()
    if single is not None:
        return single
    if double is not None:
        return _ESCAPED.sub(lambda found: found[1] or b"", double)
    return b"" if escaped == b"\n" else escaped


def scripts(fragment: Fragment, words: Sequence[Word], ranges: Sequence[Range]) -> Iterator[Fragment]:
    """The text between the quotes of the word that ``sh -c`` runs."""
    index = script_index(words)
    if index is None:
        return
    start, end = ranges[index]
    raw = fragment.text[start:end]
    quote, inner = raw[:1], raw[1:-1]
    if quote not in (b"'", b'"') or raw[-1:] != quote or len(raw) < 3:
        return
    hidden = quote in inner or (quote == b'"' and _HIDING.search(inner))
    yield fragment.sub(start + 1, end - 1, "in quotes with escapes or substitutions" if hidden else "")
