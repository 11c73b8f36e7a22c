"""What rules asked of the text of files in the last run, and the answers: good while the text is the same."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from ssot_migrate.engine.store import Store, decoded

Question = tuple[str, str]
"""A path, or "" for all files, and a word."""


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """The questions of the sites in one file, which had this blob."""

    oid: str
    questions: tuple[Question, ...]


class Told(msgspec.Struct, frozen=True, array_like=True):
    """Which words stand in one file with this blob; of those asked everywhere only the ones that do."""

    oid: str
    words: dict[str, bool]


class LastAnswers(msgspec.Struct, frozen=True):
    """All of a run: ``asked`` by the asking file, in these surroundings; ``told`` by the file asked of."""

    surroundings: str = ""
    asked: dict[str, Asked] = {}
    everywhere: tuple[str, ...] = ()
    told: dict[str, Told] = {}

    def of(
        self, path: str, oid: str, words: Collection[str], everywhere: Collection[str]
    ) -> dict[str, bool] | None:
        """What a file says of ``words`` and, as in that run, of those asked ``everywhere``; None: read it."""
        told = self.told.get(path)
        if told is None or told.oid != oid:
            return None
        if any(word not in told.words for word in words):
            return None
        there = {word: True for word in everywhere if told.words.get(word)}
        return {word: told.words[word] for word in words} | there


class AnswerCache:
    """The answers of the last run."""

    def __init__(self, store: Store, key: str) -> None:
        """Use what ``store`` has under ``key``; it is read when asked for."""
        self.store, self.name = store, f"answers-{key}.msgpack"

    def last(self) -> LastAnswers:
        """The last run's, or none."""
        return decoded(self.store.read(self.name), LastAnswers) or LastAnswers()

    def save(self, answers: LastAnswers) -> None:
        """Keep these and forget all others."""
        if self.store.folder:
            self.store.write(self.name, msgspec.msgpack.encode(answers))
