"""Which of many words stand in a text as whole identifiers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from ssot_migrate.languages.words import WORD, word_offsets

_FEW = 16  # up to so many words, looking for each takes less than to take a text apart
_RUN = 4  # so many bytes in common are rare enough to be looked for first
_SPACED = bytes(byte if byte in WORD else ord(" ") for byte in range(256))


class Vocabulary:
    """Which of many words stand in a text: one pass over it, however many there are; few are looked for."""

    def __init__(self, words: Iterable[bytes]) -> None:
        """Prepare to look for ``words``; those that are no plain identifier are looked for one by one."""
        parts = {word: frozenset(_identifiers(word)) for word in words}
        self.plain = frozenset(word for word in parts if parts[word] == {word})
        self.phrases = [(word, parts[word]) for word in sorted(parts.keys() - self.plain)]
        self.parts = self.plain.union(*parts.values())
        self.few = len(self.parts) <= _FEW
        self.shared = _shared(self.parts) if self.few else b""
        self.families = _families(self.parts, _RUN) if self.few else ()
        # Where words share much, to look around each place of that takes less than to look for many families.
        self.run = _Run(self.parts, self.shared) if self.shared[2:] and self.families[2:] else None

    def standing(self, text: bytes) -> frozenset[bytes]:
        """The words that stand in ``text`` as ``word_offsets`` would find them."""
        if self.shared not in text:
            return frozenset()
        if self.run:
            known = frozenset(self.run.standing(text))
        elif self.few:
            known = frozenset([word for word in _among(self.families, text) if _stands(word, text)])
        else:
            known = self.parts.intersection(_identifiers(text))
        phrases = (word for word, parts in self.phrases if known.issuperset(parts))
        return (known & self.plain).union(word for word in phrases if _stands(word, text))


def _shared(words: Collection[bytes]) -> bytes:
    """The longest run of bytes that all ``words`` have in common."""
    first = min(words, key=len, default=b"")
    runs = (first[i:k] for i in range(len(first)) for k in range(i + 1, len(first) + 1))
    return max((run for run in runs if all(run in word for word in words)), key=len, default=b"")


class _Run:
    """Words that have ``run`` in common, by what follows its first place in them: what stands before it."""

    def __init__(self, words: Iterable[bytes], run: bytes) -> None:
        self.run, self.heads = run, dict[bytes, list[bytes]]()
        for word in words:
            place = word.index(run)
            self.heads.setdefault(word[place:], []).append(word[:place])
        self.rest = re.compile(re.escape(run) + rb"\w*").match

    def standing(self, text: bytes) -> Iterator[bytes]:
        """The words that stand in ``text``, some more than once."""
        position = text.find(self.run)
        while found := self.rest(text, position) if position >= 0 else None:
            rest = found[0]
            for head in self.heads.get(rest, ()):
                start = position - len(head)
                if start >= 0 and text.startswith(head, start) and (not start or text[start - 1] not in WORD):
                    yield head + rest
            position = text.find(self.run, found.end())


class _Family(NamedTuple):
    """Words of which none is where ``run`` is not: that word alone, or those of the families ``within``."""

    run: bytes
    within: tuple[_Family, ...] = ()


def _families(words: Iterable[bytes], size: int) -> tuple[_Family, ...]:
    """``words`` by what they share: first the run of ``size`` bytes that most of them have."""
    rest, found = sorted(words), []
    while rest:
        runs = Counter(run for word in rest for run in {word[i : i + size] for i in range(len(word))})
        often = max(runs, key=lambda run: (len(run), runs[run], run))
        family = [word for word in rest if often in word]
        run = _shared(family)
        found.append(_Family(run, _families(family, len(run) + 1) if family[1:] else ()))
        rest = [word for word in rest if often not in word]
    return tuple(found)


def _among(families: Iterable[_Family], text: bytes) -> Iterator[bytes]:
    """Words of ``families`` that are in ``text``, whole or not."""
    for run, within in families:
        if run in text:
            if within:
                yield from _among(within, text)
            else:
                yield run


def _identifiers(text: bytes) -> list[bytes]:
    return text.translate(_SPACED).split()


def _stands(word: bytes, text: bytes) -> bool:
    return next(word_offsets(text, word), None) is not None
