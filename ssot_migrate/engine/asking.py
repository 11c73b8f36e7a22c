"""What is looked for in a Python file, found from its bytes: which rules, and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ssot_migrate.engine.classfacts import class_statements
from ssot_migrate.engine.compliance import Compliance
from ssot_migrate.engine.hits import remarks, rule_hits
from ssot_migrate.engine.told import untold
from ssot_migrate.languages.vocabulary import Vocabulary
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.transform import Transform


class Asked(NamedTuple):
    """What is looked for in a file: rules, hits of their words and other places, all words that stand.

    ``uses`` are those of the words that may be compliant already, ``remarks`` hits in comments, which nobody
    need look at.
    """

    rules: Sequence[Transform]
    hits: Mapping[str, tuple[int, ...]]
    places: Mapping[str, tuple[int, ...]]
    standing: frozenset[bytes]
    uses: frozenset[bytes]
    classes: bool
    remarks: frozenset[int]


class Questions:
    """What fixed rules look for in any file; made once per process."""

    def __init__(self, rules: Sequence[Transform], compliance: Compliance) -> None:
        """Prepare to look for ``rules``, and for what is compliant already."""
        self.rules, self.compliance = rules, compliance
        words = (word for rule in rules for word in (*rule.words, *rule.also))
        self.words = Vocabulary((*words, *compliance.words))
        self.beside = {rule.slug: _by_stem(rule.beside) for rule in rules}

    def of(self, path: str, text: bytes, classes: bool) -> Asked | None:
        """What a file is asked; None if nothing. ``classes``: look at every class."""
        standing = self.words.standing(text)
        places = self._places(path, text)
        rules = [rule for rule in self.rules if self._is_active(rule, text, standing, places, classes)]
        uses = self.compliance.standing(path, standing)
        if not rules and not classes and not uses:
            return None
        hits = _hits(rules, places, standing, text)
        return Asked(rules, hits, places, standing, uses, classes, remarks(hits.values(), text))

    def again(self, asked: Asked, path: str, text: bytes) -> Asked:
        """The same of the decoded ``text``, whose offsets are others."""
        places = self._places(path, text)
        hits = _hits(asked.rules, places, asked.standing, text)
        return asked._replace(hits=hits, places=places, remarks=remarks(hits.values(), text))

    def offsets(self, text: bytes, asked: Asked) -> set[int]:
        """What the walk must reach: what rules look for, compliant names and class statements."""
        return self._offsets(text, asked, word_offsets)

    def to_parse(self, text: bytes, asked: Asked) -> set[int]:
        """Those of ``offsets`` for which a body must be parsed."""
        return self._offsets(text, asked, untold)

    def _offsets(self, text: bytes, asked: Asked, find: Callable[[bytes, bytes], Iterator[int]]) -> set[int]:
        offsets = of_rules(text, asked, asked.rules)
        for word in asked.uses:
            offsets.update(find(text, word))
        if asked.classes:
            offsets.update(class_statements(text))
        return offsets

    def _places(self, path: str, text: bytes) -> dict[str, tuple[int, ...]]:
        """Where rules must look that no word tells, by rule."""
        found = ((rule.slug, tuple(rule.places(path, text))) for rule in self.rules)
        return {slug: offsets for slug, offsets in found if offsets}

    def _is_active(
        self,
        rule: Transform,
        text: bytes,
        standing: frozenset[bytes],
        places: Mapping[str, object],
        classes: bool,
    ) -> bool:
        if rule.slug in places or (classes and rule.classes) or not standing.isdisjoint(rule.words):
            return True
        if standing.isdisjoint(rule.also):
            return False
        stems = self.beside[rule.slug].items()
        return not stems or any(stem in text and any(w in text for w in words) for stem, words in stems)


def of_rules(text: bytes, asked: Asked, rules: Sequence[Transform]) -> set[int]:
    """Every hit in code, place and ``also`` word of some of the rules that a file is asked for."""
    words = asked.standing.intersection(word for rule in rules for word in rule.also)
    offsets = {offset for word in words for offset in word_offsets(text, word)}
    offsets.update(hit for rule in rules for hit in asked.hits[rule.slug] if hit not in asked.remarks)
    return offsets.union(*(asked.places.get(rule.slug, ()) for rule in rules))


def _by_stem(words: Iterable[bytes]) -> dict[bytes, list[bytes]]:
    """``words`` by what they open with: most files hold none of that, and need not be searched for each."""
    stems: dict[bytes, list[bytes]] = {}
    for word in words:
        stems.setdefault(word[: word.find(b"_") + 1] or word, []).append(word)
    return stems


def _hits(
    rules: Iterable[Transform],
    places: Mapping[str, tuple[int, ...]],
    standing: frozenset[bytes],
    text: bytes,
) -> dict[str, tuple[int, ...]]:
    return {
        rule.slug: rule_hits(rule, standing.intersection(rule.words), places.get(rule.slug, ()), text)
        for rule in rules
    }
