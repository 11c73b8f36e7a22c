"""What rules ask of the text of other files once all are scanned: whether a word stands there at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import msgspec

from ssot_migrate.engine.answer_cache import Asked, LastAnswers, Told
from ssot_migrate.engine.asker import Asker
from ssot_migrate.engine.inputs import Inputs, is_little
from ssot_migrate.engine.inventory import Item, read_item
from ssot_migrate.engine.pool import Lost, Pool
from ssot_migrate.engine.work import ask_items, start_ask
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tables import Packed
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
    asked, lost = _asked(inputs, repo, last.asked if last.surroundings == surroundings else {})
    words = _by_path(asked.values())
    everywhere = sorted(words.pop("", ()))
    items = inputs.items if everywhere else [item for item in inputs.items if item.path in words]
    known = last if set(everywhere).issubset(last.everywhere) else LastAnswers()
    same = last.told if _ask_the_same(asked, last.asked) else {}
    found: dict[str, Told] = {}
    for item in items:
        told = same.get(item.path)
        if told is None or told.oid != item.oid:
            told = _told(item, inputs.root, words.get(item.path, ()), everywhere, known)
        if told is not None:
            found[item.path] = told
    now = LastAnswers(surroundings, asked, tuple(everywhere), found)
    if now != last:
        inputs.answers.save(now)
    return Answers({path: told.words for path, told in found.items() if told.words}, lost)


def _told(
    item: Item, root: str, words: Collection[str], everywhere: Collection[str], known: LastAnswers
) -> Told | None:
    """What a file says, read only if that is not known; None if it cannot be read."""
    answers = known.of(item.path, item.oid, words, everywhere)
    if answers is None:
        answers = _read(item, root, words, everywhere)
    return None if answers is None else Told(item.oid, answers)


def _ask_the_same(one: Mapping[str, Asked], other: Mapping[str, Asked]) -> bool:
    """Whether the same questions are asked, by the same files."""
    same = one.keys() == other.keys()
    return same and all(asked.questions == other[path].questions for path, asked in one.items())


def _asked(
    inputs: Inputs, repo: Repository, known: Mapping[str, Asked]
) -> tuple[dict[str, Asked], dict[str, str]]:
    """The questions of each file that has any sites, and why those of some are not known."""
    items = [item for item in inputs.items if repo.scans.packed[item.path].rules]
    same = {i.path: known[i.path] for i in items if i.path in known and known[i.path].oid == i.oid}
    found, lost = _found_out(inputs, repo, [item for item in items if item.path not in same])
    return same | found, lost


def _found_out(
    inputs: Inputs, repo: Repository, items: Sequence[Item]
) -> tuple[dict[str, Asked], dict[str, str]]:
    """The questions of ``items``, and why those of some are not known.

    If they are many, so that as many are to be decided, the tables of the index are made, too, and
    what else it took to find out ends with the process that did.
    """
    make = partial(Asker, repo, inputs.rules, inputs.team)
    if is_little(inputs, items):
        return make().of(items), {}
    asked: dict[str, Asked] = {}
    lost: dict[str, str] = {}
    pool: Pool[Item, bytes] = Pool(ask_items, start_ask, (make,), workers=1, method=inputs.method)
    for part, result in pool.run([items]):
        if isinstance(result, Lost):
            lost |= {item.path: str(result) for item in part}
        else:
            found, made = msgspec.msgpack.decode(result, type=tuple[dict[str, Asked], Packed])
            repo.tables.add(made)
            asked |= found
    return asked, lost


def _by_path(asked: Iterable[Asked]) -> dict[str, set[str]]:
    words: dict[str, set[str]] = {}
    for each in asked:
        for path, word in each.questions:
            words.setdefault(path, set()).add(word)
    return words


def _read(
    item: Item, root: str, words: Collection[str], everywhere: Collection[str]
) -> dict[str, bool] | None:
    """The answers of the file itself; None if it cannot be read."""
    source = read_item(item, root)
    if not isinstance(source, Source):
        return None
    there = ((word, True) for word, stands in _stand(source.data, everywhere) if stands)
    return dict((*_stand(source.data, words), *there))


def _stand(data: bytes, words: Iterable[str]) -> Iterable[tuple[str, bool]]:
    for word in sorted(words):
        encoded = word.encode()
        yield word, encoded in data and next(iter(word_offsets(data, encoded)), None) is not None


def flat(found: Mapping[str, Mapping[str, bool]]) -> list[tuple[str, str, bool]]:
    """Answers in an order of their own, for a digest."""
    return [(path, word, stands) for path in sorted(found) for word, stands in sorted(found[path].items())]
