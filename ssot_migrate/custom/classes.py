"""Rules on a class pattern: each base whose dotted name matches, onto another base."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ssot_migrate.custom.target import moved
from ssot_migrate.custom.template import target
from ssot_migrate.edits import Edit
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.names import root_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Advice, Site
from ssot_migrate.profile import Profile
from ssot_migrate.settings import CustomRule
from ssot_migrate.transform import Outcome, Transform

if TYPE_CHECKING:
    import regex

SECONDS = 0.2
"""How long a pattern may think about one name."""
_LONGEST = 200


def transform(slug: str, rule: CustomRule) -> Transform:
    """A transform that finds class statements with a base that ``rule.class_`` matches."""
    made = Transform(id=rule.id, slug=slug, summary=rule.summary, also=("class",), beside=(rule.near,))

    @made.detect(ast.ClassDef)
    def bases(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
        """Bases that may match."""
        assert isinstance(node, ast.ClassDef)
        for base in node.bases:
            meaning = doc.meaning(base)
            if meaning and matches(rule.class_, meaning.dotted):
                facts = {"means": meaning.dotted, "root": root_name(base)}
                doubt = {} if meaning.certain else {"doubt": meaning.told}
                yield doc.site(slug, "base", base, captures={"base": doc.capture(base)}, facts=facts | doubt)

    return made


def matches(pattern: str, dotted: str) -> bool:
    """Whether all of a dotted name matches.

    Raises:
        TimeoutError: the pattern took too long.
    """
    try:
        return bool(_compiled(pattern).fullmatch(dotted[:_LONGEST], timeout=SECONDS))
    except TimeoutError:
        raise TimeoutError(f"{pattern!r} needs more than {SECONDS} s for {dotted[:60]!r}") from None


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> regex.Pattern[str]:
    import regex  # takes longer to load than all else here

    return regex.compile(pattern)


def decide(rule: CustomRule, site: Site, repo: Repository, profile: Profile) -> Outcome:
    """What becomes of one base."""
    if "doubt" in site.facts:
        return Advice(f"{rule.summary}: may be {site.facts['doubt']}")
    span = site["base"].span
    return moved(rule, site, (Edit(span.start, span.end, target(rule)),), (site.facts["root"],), repo)
