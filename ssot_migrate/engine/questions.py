"""What rules ask of the text of other files once all are scanned: whether a word stands there at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ssot_migrate.engine.inputs import Inputs
from ssot_migrate.engine.inventory import read_item
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Source

Answers = dict[str, dict[str, bool]]


def answers(inputs: Inputs, repo: Repository) -> Answers:
    """By path and word, whether the word stands in the file; each file that is asked of is read once."""
    asked = _asked(inputs, repo)
    everywhere = asked.pop("", set())
    found: Answers = {}
    for item in inputs.items if everywhere else [item for item in inputs.items if item.path in asked]:
        source = read_item(item, inputs.root)
        if isinstance(source, Source):
            here = _stand(source.data, asked.get(item.path, ()))
            there = ((word, True) for word, stands in _stand(source.data, everywhere) if stands)
            found[item.path] = dict((*here, *there))
    return {path: words for path, words in found.items() if words}


def _asked(inputs: Inputs, repo: Repository) -> dict[str, set[str]]:
    asked: dict[str, set[str]] = {}
    rules = {rule.slug: rule for rule in find_rules(inputs.rules, inputs.team) if rule.asker}
    for scan in repo.scans.values() if rules else ():
        for site in scan.sites:
            rule = rules.get(site.rule)
            for path, word in rule.asker(site, repo) if rule and rule.asker else ():
                asked.setdefault(path, set()).add(word)
    return asked


def _stand(data: bytes, words: Iterable[str]) -> Iterable[tuple[str, bool]]:
    for word in sorted(words):
        encoded = word.encode()
        yield word, encoded in data and next(iter(word_offsets(data, encoded)), None) is not None


def flat(found: Mapping[str, Mapping[str, bool]]) -> list[tuple[str, str, bool]]:
    """Answers in an order of their own, for a digest."""
    return [(path, word, stands) for path in sorted(found) for word, stands in sorted(found[path].items())]
