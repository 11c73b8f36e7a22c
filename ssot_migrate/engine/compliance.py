"""Uses of the SSOT targets that stand in the code already: what the compliance score counts as compliant."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from ssot_migrate.edits import Span
from ssot_migrate.engine.told import told_uses
from ssot_migrate.languages.python import Incomplete, PythonDocument
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Transform


class Compliance:
    """Which symbols and which ``self.`` methods are compliant sites, and of which rule."""

    def __init__(self, symbols: Mapping[str, str], methods: Mapping[str, str]) -> None:
        """``symbols``: dotted target to rule slug; ``methods``: method name to rule slug."""
        self.symbols, self.methods = symbols, methods
        self.names = frozenset(dotted.rpartition(".")[2] for dotted in symbols).union(methods)
        homes = [_parts(dotted) for dotted in symbols]
        self.homes = {name: {home for home, other in homes if other == name} for name in self.names}
        self.words = tuple(sorted({name.encode() for name in (*self.names, *(home for home, _ in homes))}))

    @classmethod
    def of(cls, rules: Sequence[Transform], profile: Profile) -> Compliance:
        """What ``rules`` count under ``profile``."""
        specs = [
            (rule.slug, profile.roles[role]) for rule in rules for role in rule.roles if role in profile.roles
        ]
        symbols = {f"{spec.module}.{spec.name}": slug for slug, spec in specs}
        return cls(symbols, {method: rule.slug for rule in rules for method in rule.methods})

    def standing(self, path: str, words: frozenset[bytes]) -> frozenset[bytes]:
        """Names among the ``words`` of a file that may be compliant: of a symbol whose module is named."""
        found = (name for name in self.names if name.encode() in words)
        return frozenset(name.encode() for name in found if self._may_mean(name, path, words))

    def told(self, text: bytes, words: Iterable[bytes], package: str) -> dict[str, int] | None:
        """By rule, how many sites the UTF-8 ``text`` of a module has; None where it does not tell.

        ``words`` are those of ``standing``, ``package`` is the module's.
        """
        counts: Counter[str] = Counter()
        for word in sorted(words):
            found = told_uses(text, word, package)
            if found is None:
                return None
            if (rule := self.symbols.get(found[0])) and found[1]:
                counts[rule] += found[1]
        return dict(counts)

    def _may_mean(self, name: str, path: str, words: frozenset[bytes]) -> bool:
        homes = self.homes[name]
        return name in self.methods or any(home.encode() in words or home in path for home in homes)


def _parts(dotted: str) -> tuple[str, str]:
    """The last name of a symbol's module, and its own."""
    module, _, name = dotted.rpartition(".")
    return module.rpartition(".")[2], name


class Uses:
    """Counts, during the walk, the compliant sites of one document."""

    def __init__(self, compliance: Compliance, doc: PythonDocument, words: Iterable[bytes] = ()) -> None:
        """Count uses in ``doc``, and at once those of ``words`` that are told by what was left out of it.

        Raises:
            Incomplete: what such a word means may depend on more than the module.
        """
        self.compliance, self.doc = compliance, doc
        self.counts: Counter[str] = Counter()
        for word in words if doc.blank else ():
            if count := sum(_among(doc.blank, offset) for offset in word_offsets(doc.text, word)):
                self._count_left_out(word.decode(), count)

    def _count_left_out(self, name: str, count: int) -> None:
        meaning = self.doc.meaning_of(name)
        if meaning and meaning.via == "alias":
            raise Incomplete(name)
        if meaning and (rule := self.compliance.symbols.get(meaning.dotted)):
            self.counts[rule] += count

    def visitors(self) -> dict[type[ast.AST], Callable[[Any], None]]:
        """What the walk should show us."""
        return {ast.Name: self._name, ast.Attribute: self._attribute}

    def _name(self, node: ast.Name) -> None:
        if node.id in self.compliance.names and isinstance(node.ctx, ast.Load):
            self._count(node)

    def _attribute(self, node: ast.Attribute) -> None:
        if node.attr not in self.compliance.names:
            return
        if isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"):
            if rule := self.compliance.methods.get(node.attr):
                self.counts[rule] += 1
        else:
            self._count(node)

    def _count(self, node: ast.expr) -> None:
        meaning = self.doc.meaning(node)
        if meaning and (rule := self.compliance.symbols.get(meaning.dotted)):
            self.counts[rule] += 1


def _among(spans: Sequence[Span], offset: int) -> bool:
    """Whether one of ``spans``, which are in order, holds ``offset``."""
    index = bisect_right(spans, offset, key=_START)
    return index > 0 and offset < spans[index - 1].end


_START = attrgetter("start")
