"""All doubles of a repository together: which are copies, and which one each resembles most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from ssot_migrate.index.reach import serves_tests
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Role, Site
from ssot_migrate.transforms.ad_hoc_mock.doubles import DOUBLE, Method, methods_of

_OTHER_KINDS = ("Error", "Exception", "Warning", "TestCase", "Enum", "Protocol", "TypedDict", "NamedTuple")
_NAMED = 3


class Resemblance(NamedTuple):
    """The double most like another: the share of methods in common, and what differs."""

    site: Site
    share: float
    difference: str


class Doubles:
    """The doubles in the test code of one repository."""

    def __init__(self, repo: Repository, rule: str) -> None:
        """Read every double that ``rule`` found."""
        self.repo = repo
        doubles = (site for site in repo.scans.sites_of(rule) if site.kind == DOUBLE)
        self.sites = [site for site in doubles if self._counts(site)]
        self.methods = [compared(site) for site in self.sites]
        self.by_method: dict[str, list[int]] = {}
        for index, methods in enumerate(self.methods):
            for name in methods:
                self.by_method.setdefault(name, []).append(index)

    def _counts(self, site: Site) -> bool:
        return serves_tests(self.repo, site.path, Role.MOCKS) and not self._is_other_kind(site)

    def _is_other_kind(self, site: Site) -> bool:
        """Whether it is an exception, a test case or a type, whatever its name."""
        ref = self.repo.class_at(site.path, site.facts["class"])
        above = self.repo.classes.ancestors(ref) if ref else ()
        return any(isinstance(base, str) and base.endswith(_OTHER_KINDS) for base in above)

    def __contains__(self, site: object) -> bool:
        """Whether a site is one of the doubles."""
        return isinstance(site, Site) and (site.path, site.span.start) in self._places

    @cached_property
    def _places(self) -> frozenset[tuple[str, int]]:
        return frozenset((site.path, site.span.start) for site in self.sites)

    def nearest(self, site: Site) -> Resemblance | None:
        """The other double with the largest share of common methods; the first by path among equals."""
        own = compared(site)
        shared = Counter(index for name in own for index in self.by_method.get(name, ()))
        best: Resemblance | None = None
        for index, common in sorted(shared.items()):
            other = self.sites[index]
            share = common / len({*own, *self.methods[index]})
            if other != site and (best is None or share > best.share):
                best = Resemblance(other, share, "")
                if share == 1:
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
