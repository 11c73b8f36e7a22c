"""Standard mocks that a module hands on under a name by which no call of them can be told."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Advice, Site
from ssot_migrate.transforms.ad_hoc_mock.names import METHODS, STANDARD

HANDED = "handed-on"
_NAMED = 3


def handed(rule: str, node: ast.ImportFrom | ast.Assign, doc: PythonDocument) -> Iterator[Site]:
    """The site of a module-level name for a standard mock, other than its own."""
    if doc.scopes[-1] is not doc.tree:
        return
    for name, means in _names(node, doc):
        if name not in METHODS:
            yield doc.site(rule, HANDED, node, facts={"name": name, "means": means})


def _names(node: ast.ImportFrom | ast.Assign, doc: PythonDocument) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ImportFrom):
        known = node.module == STANDARD and not node.level
        found = (alias for alias in node.names if alias.name in METHODS and known)
        yield from ((alias.asname or alias.name, f"{STANDARD}.{alias.name}") for alias in found)
        return
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if last_name(value) in METHODS:
            meaning = doc.meaning(value)
            if meaning and meaning.dotted.startswith(f"{STANDARD}."):
                yield name, meaning.dotted


def decide_handed(site: Site, repo: Repository) -> Advice | None:
    """Advice that names who takes it, by way of re-exports and stars too; nothing where nobody does."""
    users = sorted(_users(site, repo))
    if not users:
        return None
    name, means = site.facts["name"], sorted(_meanings(site, repo))
    what = (
        f"{name} is {means[0]}" if len(means) == 1 else f"{name} is one of two things, {' or '.join(means)}"
    )
    more = f" and {len(users) - _NAMED} more" if len(users) > _NAMED else ""
    return Advice(
        f"{what}, taken under this name by {', '.join(users[:_NAMED])}{more}: "
        "let them call the factory, or import the standard name"
    )


def _meanings(site: Site, repo: Repository) -> set[str]:
    """All that the name may be: each side of a ``try`` or ``if`` binds it."""
    scan = repo.scans[site.path]
    facts = (*scan.imports, *scan.aliases)
    return {site.facts["means"], *(fact.dotted for fact in facts if fact.name == site.facts["name"])}


def _users(site: Site, repo: Repository) -> set[str]:
    """The files that take the name, at first hand or through others that hand it on."""
    start = (site.path, site.facts["name"])
    seen, queue = {start}, [start]
    while queue:
        path, name = queue.pop()
        fresh = {*repo.imports.takers.get((path, name), ())}
        stars = (user for user, local in repo.imports.takers.get((path, "*"), ()) if local == "*")
        fresh |= {(user, name) for user in stars if repo.scans[path].gives(name)}
        queue += fresh - seen
        seen |= fresh
    return {path for path, _ in seen} - {site.path}
