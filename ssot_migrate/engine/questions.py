"""What rules ask of the text of other files once all are scanned: whether a word stands there at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ssot_migrate.engine.answer_cache import Asked, LastAnswers, Told
from ssot_migrate.engine.asked import find_asked
from ssot_migrate.engine.inputs import Inputs
from ssot_migrate.engine.inventory import Item, read_item
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Source


class Answers(NamedTuple):
    """By path and word, whether the word stands in the file; why of a file nobody knows what it asks."""

    words: dict[str, dict[str, bool]]
    lost: dict[str, str]


def answers(inputs: Inputs, repo: Repository, surroundings: str) -> Answers:
    """The answers to all that files ask; each file that is asked of is read once.

    In the ``surroundings`` of the last run, only files that have changed since ask anew.
    """
    last = inputs.answers.last()
    asked, lost = find_asked(inputs, repo, last.asked if last.surroundings == surroundings else {})
    words = _by_path(asked.values())
    everywhere = sorted(words.pop("", ()))
    items = inputs.items if everywhere else [item for item in inputs.items if item.path in words]
    known = last if set(everywhere).issubset(last.everywhere) else LastAnswers()
    same = last.told if _ask_the_same(asked, last.asked) else {}
    found: dict[str, Told] = {}
    unread: list[Item] = []
    for item in items:
        told = same.get(item.path)
        if told is None or told.oid != item.oid:
            told = _told(item, inputs.root, words.get(item.path, ()), everywhere, known)
        if told is None:
            unread.append(item)
        else:
            found[item.path] = told
    for item in inputs.fetch(unread):
        there = _answered(item.data or b"", words.get(item.path, ()), everywhere)
        found[item.path] = Told(item.oid, there)
    now = LastAnswers(surroundings, asked, tuple(everywhere), found)
    if now != last:
        inputs.answers.save(now)
    return Answers({path: told.words for path, told in found.items() if told.words}, lost)


def _told(
    item: Item, root: str, words: Collection[str], everywhere: Collection[str], known: LastAnswers
) -> Told | None:
    """What a file says, read only if that is not known; None if its bytes must come from git."""
    answers = known.of(item.path, item.oid, words, everywhere)
    if answers is None:
        answers = _read(item, root, words, everywhere)
    return None if answers is None else Told(item.oid, answers)


def _ask_the_same(one: Mapping[str, Asked], other: Mapping[str, Asked]) -> bool:
    """Whether the same questions are asked, by the same files."""
    same = one.keys() == other.keys()
    return same and all(asked.questions == other[path].questions for path, asked in one.items())


def _by_path(asked: Iterable[Asked]) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for each in asked:
        for path, word in each.questions:
            words.setdefault(path, set()).add(word)
    return words


def _read(
    item: Item, root: str, words: Collection[str], everywhere: Collection[str]
) -> dict[str, bool] | None:
    """What the file says itself; None if the working tree has it otherwise than git."""
    source = read_item(item, root)
    return _answered(source.data, words, everywhere) if isinstance(source, Source) else None


def _answered(data: bytes, words: Collection[str], everywhere: Collection[str]) -> dict[str, bool]:
    there = ((word, True) for word, stands in _stand(data, everywhere) if stands)
    return dict((*_stand(data, words), *there))


def _stand(data: bytes, words: Iterable[str]) -> Iterable[tuple[str, bool]]:
    for word in sorted(words):
        encoded = word.encode()
        yield word, encoded in data and next(iter(word_offsets(data, encoded)), None) is not None


def flat(found: Mapping[str, Mapping[str, bool]]) -> list[tuple[str, str, bool]]:
    """Answers in an order of their own, for a digest."""
    return [(path, word, stands) for path in sorted(found) for word, stands in sorted(found[path].items())]
