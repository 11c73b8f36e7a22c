"""Copies of one definition in one service: one stays, the others are imported or found by pytest."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.copies.collapse import collapse
from ssot_migrate.copies.order import canonical
from ssot_migrate.edits import Edit
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_test_module
from ssot_migrate.model import Advice, Change, Safety, Site


def join(site: Site, copies: Sequence[Site], repo: Repository) -> Change | Advice | None:
    """What becomes of ``site``, one of ``copies``; None for the one that stays.

    ``copies`` are definitions with one key, ``site`` itself among them.
    """
    near = [copy for copy in copies if repo.service(copy.path) == repo.service(site.path)]
    if "fixture" in site.facts:
        return _fixture(site, near, repo)
    kept = canonical(near, repo)
    if kept == site:
        return None
    twins = [c for c in near if c.path == site.path and c not in (site, kept)]
    if twins:
        return Advice(
            f"an exact copy of line {twins[0].line} and of {kept.path}:{kept.line}: keep one of them"
        )
    return collapse(site, kept, repo, _droppable(site, repo))


def _fixture(site: Site, near: Sequence[Site], repo: Repository) -> Change | Advice | None:
    """A fixture that a conftest above already offers can go; of others, one should move to a conftest."""
    same = [copy for copy in near if copy.facts.get("fixture") == site.facts["fixture"]]
    nearest = next((copy for copy in same if copy.path == _conftest_of(site.path, repo)), None)
    if nearest and nearest != site:
        return _offered_above(site, nearest, repo)
    kept = canonical(same, repo)
    if kept == site or len(same) < 2:
        return None
    folder = _common(site.path, kept.path)
    home = f"{folder}/conftest.py" if folder else "conftest.py"
    return Advice(
        f"an exact copy of the fixture at {kept.path}:{kept.line}: one of them in {home} serves both"
    )


def _offered_above(site: Site, kept: Site, repo: Repository) -> Change | Advice:
    copied = f"an exact copy of the fixture {kept.facts['fixture']} at {kept.path}:{kept.line}"
    if reason := _still_needed(site, repo):
        return Advice(f"{copied}: {reason}")
    start, _, end = site.facts["cut"].partition("-")
    doubt = site.facts.get("wide", "")
    return Change(
        (Edit(int(start), int(end), ""),),
        safety=Safety.REVIEW if doubt else Safety.SAFE,
        note=copied
        + (f"; {doubt}, so that more tests would share one" if doubt else ", which pytest finds there"),
        drops=_droppable(site, repo),
    )


def _still_needed(site: Site, repo: Repository) -> str:
    """Why the fixture's own definition cannot just go; empty if pytest would find the other."""
    if "cut" not in site.facts:
        return "it is no plain definition of its module; remove it by hand"
    if site.facts.get("comments"):
        return "its comments would be lost; remove it by hand"
    if "extends" in site.facts:
        return "it builds on the one that it replaces"
    if not is_test_module(site.path):
        return "this file is no test module, so that others may count on the name here"
    if {"*", site.facts["name"]} & repo.imports.taken.get(site.path, frozenset()):
        return "another file imports it from here"
    return "" if site.facts["others"] == "0" and not site.facts["calls"] else "code here uses it by its name"


def _droppable(site: Site, repo: Repository) -> tuple[str, ...]:
    """Names whose imports may go with the copy: in test modules, from which nobody takes them."""
    names = site.facts.get("imports", "").split()
    return repo.imports.untaken(names, site.path) if is_test_module(site.path) else ()


def _conftest_of(path: str, repo: Repository) -> str:
    """The nearest conftest that pytest loads for ``path``, and is not that, from wherever it is started."""
    tops = [folder for folder in repo.project.pytest_of(path) if folder in folders_above(path)]
    for folder in folders_above(path):
        conftest = f"{folder}/conftest.py".lstrip("/")
        if conftest in repo.modules.paths and conftest != path:
            return conftest if all(_is_below(folder, top) for top in tops) else ""
    return ""


def _is_below(folder: str, top: str) -> bool:
    """Whether ``folder`` is ``top`` or lies in it."""
    return not top or f"{folder}/".startswith(f"{top}/")


def _common(first: str, second: str) -> str:
    shared = set(folders_above(first)) & set(folders_above(second))
    return max(shared, key=len, default="")
