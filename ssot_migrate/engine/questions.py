"""What rules ask of the text of other files once all are scanned: whether a word stands there at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ssot_migrate.engine.answer_cache import Asked, LastAnswers, Question, Told
from ssot_migrate.engine.inputs import Inputs
from ssot_migrate.engine.inventory import Item, read_item
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Source
from ssot_migrate.transform import Transform

Answers = dict[str, dict[str, bool]]


def answers(inputs: Inputs, repo: Repository, surroundings: str) -> Answers:
    """By path and word, whether the word stands in the file; each file that is asked of is read once.

    In the ``surroundings`` of the last run, only files that have changed since ask anew.
    """
    last = inputs.answers.last()
    asked = _asked(inputs, repo, last.asked if last.surroundings == surroundings else {})
    words = _by_path(asked.values())
    everywhere = sorted(words.pop("", ()))
    items = inputs.items if everywhere else [item for item in inputs.items if item.path in words]
    known = last if set(everywhere).issubset(last.everywhere) else LastAnswers()
    found: dict[str, Told] = {}
    for item in items:
        here = words.get(item.path, ())
        told = known.of(item.path, item.oid, here, everywhere)
        if told is None:
            told = _read(item, inputs.root, here, everywhere)
        if told is not None:
            found[item.path] = Told(item.oid, told)
    now = LastAnswers(surroundings, asked, tuple(everywhere), found)
    if now != last:
        inputs.answers.save(now)
    return {path: told.words for path, told in found.items() if told.words}


def _asked(inputs: Inputs, repo: Repository, known: Mapping[str, Asked]) -> dict[str, Asked]:
    """The questions of each file that has any."""
    found: dict[str, Asked] = {}
    rules = {rule.slug: rule for rule in find_rules(inputs.rules, inputs.team) if rule.asker}
    for path, scan in repo.scans.packed.items() if rules else ():
        if not scan.rules:
            continue
        asked = known.get(path)
        if asked is None or asked.oid != scan.oid:
            asked = Asked(scan.oid, tuple(dict.fromkeys(_questions(repo.scans[path], rules, repo))))
        found[path] = asked
    return found


def _questions(scan: FileScan, rules: Mapping[str, Transform], repo: Repository) -> Iterable[Question]:
    for site in scan.sites:
        rule = rules.get(site.rule)
        if rule and rule.asker:
            yield from rule.asker(site, repo)


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
