"""All doubles of a repository together: which are copies, and which one each resembles most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scans import Place
from ssot_migrate.index.tests_by_name import serves_tests
from ssot_migrate.model import Role, Site
from ssot_migrate.transforms.ad_hoc_mock.doubles import DOUBLE, Method, methods_of

_OTHER_KINDS = ("Error", "Exception", "Warning", "TestCase", "Enum", "Protocol", "TypedDict", "NamedTuple")
_NAMED = 3


class Resemblance(NamedTuple):
    """The double most like another: the share of methods in common, and what differs."""

    site: Site
    share: float
    difference: str


class Double(NamedTuple):
    """One of the doubles: where its site is, its file and class, and the names of methods that tell of it."""

    place: Place
    path: str
    name: str
    methods: tuple[str, ...]


class Doubles:
    """The doubles in the test code of one repository."""

    def __init__(self, repo: Repository, rule: str) -> None:
        """Every double that ``rule`` found, with the methods by which it is compared."""
        self.repo, self.rule = repo, rule
        self.found = repo.tables.get(f"doubles {rule}", tuple[Double, ...], self._find)

    def _find(self) -> list[Double]:
        return [
            Double(place, site.path, site.facts["class"], tuple(compared(site)))
            for place, site in self.repo.scans.places(self.rule)
            if site.kind == DOUBLE and self._counts(site)
        ]

    def _counts(self, site: Site) -> bool:
        return serves_tests(self.repo, site.path, Role.MOCKS) and not self._is_other_kind(site)

    def _is_other_kind(self, site: Site) -> bool:
        """Whether it is an exception, a test case or a type, whatever its name."""
        ref = self.repo.class_at(site.path, site.facts["class"])
        above = self.repo.classes.ancestors(ref) if ref else ()
        return any(isinstance(base, str) and base.endswith(_OTHER_KINDS) for base in above)

    def __contains__(self, site: object) -> bool:
        """Whether a site is one of the doubles."""
        return isinstance(site, Site) and (site.path, site.facts["class"]) in self._names

    @cached_property
    def _names(self) -> frozenset[tuple[str, str]]:
        return frozenset((double.path, double.name) for double in self.found)

    @cached_property
    def _by_method(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for index, double in enumerate(self.found):
            for method in double.methods:
                found.setdefault(method, []).append(index)
        return found

    def nearest(self, site: Site) -> Resemblance | None:
        """The other double with the largest share of common methods; the first by path among equals."""
        own = compared(site)
        shared = Counter(index for name in own for index in self._by_method.get(name, ()))
        best: Resemblance | None = None
        for index, common in sorted(shared.items()):
            double = self.found[index]
            share = common / len({*own, *double.methods})
            if best is None or share > best.share:
                (other,) = self.repo.scans.at([double.place])
                best = Resemblance(other, share, "") if other != site else best
            if best and best.share == 1:
                break
        return best and best._replace(difference=_difference(methods_of(site), methods_of(best.site)))


def compared(site: Site) -> dict[str, Method]:
    """The methods by which a double is compared: the special ones only where there are no others."""
    methods = {name: method for name, method in methods_of(site).items() if name != "__init__"}
    return {name: method for name, method in methods.items() if not name.startswith("__")} or methods


def _difference(own: Mapping[str, Method], other: Mapping[str, Method]) -> str:
    parts = {
        "other bodies": [name for name in own if name in other and own[name].digest != other[name].digest],
        "only here": [name for name in own if name not in other],
        "only there": [name for name in other if name not in own],
    }
    return "; ".join(f"{what}: {_list(names)}" for what, names in parts.items() if names)


def _list(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


@lru_cache(maxsize=1)
def doubles_of(repo: Repository, rule: str) -> Doubles:
    """The doubles of ``repo``, read once."""
    return Doubles(repo, rule)
