"""What becomes of an engine, a session or a helper that tests build for themselves."""

from __future__ import annotations

from ssot_migrate.copies.families import family_of
from ssot_migrate.copies.joining import join
from ssot_migrate.edits import Edit
from ssot_migrate.index.reach import importable, is_own, stands_behind
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.index.tests_by_name import serves_tests
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Advice, Change, ImportRequest, Role, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.database_helper.givers import HELPER

_SQLITE = "the utility begins SQLite transactions itself"
_POSTGRES = "the utility takes psycopg for PostgreSQL, checks connections before use and waits 5 s for one"
_ANY = "the utility chooses PostgreSQL's driver, checks connections and begins SQLite transactions itself"
_WAYS = {
    "engine": "session",
    "session factory": "session",
    "session": "session",
    "async engine": "async_session",
    "async session factory": "async_session",
    "async session": "async_session",
}


def decide(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one site."""
    if not serves_tests(repo, site.path, Role.DATABASE):
        return None
    target = repo.target(Role.DATABASE)
    if target and stands_behind(repo, target, site.path):
        return Advice("the database utility itself stands on this", exempt=True)
    if site.kind == HELPER:
        return _helper(site, repo)
    if is_own(repo, site.facts["means"], site.path):
        return None
    if target is None:
        return Advice("the profile's database utility is not in this repository; run `ssot-migrate init`")
    return _engine(site, repo, target) or Advice(_reason(site, target))


def _helper(site: Site, repo: Repository) -> Outcome:
    family = family_of(site, repo, Role.DATABASE)
    return join(site, family.copies, repo) or family.advice(site, "a database helper")


def _engine(site: Site, repo: Repository, target: Target) -> Change | None:
    """The utility's engine in the place of one that is built from a URL alone."""
    url = site.captures.get("url")
    if url is None or "doubt" in site.facts or not _offers_engine(target):
        return None
    request = ImportRequest(target.module, target.name)
    callee, call = site["callee"].span, site["call"].span
    family = {"sqlite": _SQLITE, "postgresql": _POSTGRES, "postgres": _POSTGRES}
    differs = family.get(site.facts.get("family", ""), _ANY)
    reach = importable(repo, target, site.path)
    return Change(
        (
            Edit(callee.start, callee.end, placeholder(request)),
            Edit(url.span.end, call.end, ").engine"),
        ),
        safety=Safety.REVIEW,
        note=f"{differs}; {reach}" if reach else differs,
        needs=(request,),
        drops=_droppable(site, repo),
    )


def _offers_engine(target: Target) -> bool:
    """Whether the utility is made of a URL and gives its engine away."""
    return "engine" in target.attributes and target.takes[:1] == ("url",)


def _droppable(site: Site, repo: Repository) -> tuple[str, ...]:
    taken = repo.imports.taken.get(site.path, frozenset())
    root = site.facts["root"]
    return () if "*" in taken or root in taken or site.path.endswith("/__init__.py") else (root,)


def _reason(site: Site, target: Target) -> str:
    if doubt := site.facts.get("doubt"):
        return f"left alone: the name may mean {doubt} here"
    if site.kind == "connection":
        return (
            f"a connection past {target.name}, which nobody rolls back: run the statements in its session, "
            "or give the helper that opens it one home"
        )
    what, reason = site.facts["means"].rpartition(".")[2], site.facts.get("url")
    undone = "nobody undoes what is committed through it"
    why = f"{what}: {reason}, and {undone}" if reason else f"{what}: {undone}"
    way = _WAYS[site.kind]
    if not target.has(way):
        return f"{why}; {target.name} of {target.path} is the one place for it"
    mode = "async with" if way == "async_session" else "with"
    return f"{why}; `{mode} {target.name}(url).{way}() as session` does"
