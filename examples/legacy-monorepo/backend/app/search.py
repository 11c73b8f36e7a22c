"""Full text search over tickets, in memory."""

from __future__ import annotations

import collections
import math
import re

WORD = re.compile(r"[a-z0-9]+")
STOP = frozenset("a an and are for i in is it my of on or the to we with".split())


def words(text: str) -> list[str]:
    return [word for word in WORD.findall(text.lower()) if word not in STOP]


class SearchIndex:
    """An inverted index with tf-idf ranking."""

    def __init__(self) -> None:
        self._postings: dict[str, dict[str, int]] = collections.defaultdict(dict)
        self._lengths: dict[str, int] = {}

    def add(self, key: str, text: str) -> None:
        self.remove(key)
        counted = collections.Counter(words(text))
        for word, count in counted.items():
            self._postings[word][key] = count
        self._lengths[key] = sum(counted.values())

    def remove(self, key: str) -> None:
        if self._lengths.pop(key, None) is None:
            return
        for posting in self._postings.values():
            posting.pop(key, None)

    def search(self, query: str, limit: int = 10) -> list[str]:
        """Keys of documents that hold every word of ``query``, best first."""
        wanted = words(query)
        if not wanted or any(not self._postings.get(word) for word in wanted):
            return []
        keys = set.intersection(*(set(self._postings[word]) for word in wanted))
        ranked = sorted(keys, key=lambda key: (-self._score(key, wanted), key))
        return ranked[:limit]

    def _score(self, key: str, wanted: list[str]) -> float:
        score = 0.0
        for word in wanted:
            posting = self._postings[word]
            rarity = math.log(1 + len(self._lengths) / len(posting))
            score += posting[key] / self._lengths[key] * rarity
        return score

    def __len__(self) -> int:
        return len(self._lengths)
