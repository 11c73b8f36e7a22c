"""The change that makes a class a deprecated alias of another one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.index.cases import ROOTS
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.reach import spelling
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_test_module
from ssot_migrate.languages.imports import MARK, placeholder
from ssot_migrate.model import Change, ImportRequest, Role, Safety, Site

_WIDTH = 100
_TELLING = ("unittest", "TestCase", "IsolatedAsyncioTestCase")
_PLACEHOLDER = re.compile(f"{MARK}[^{MARK}:]*:([^{MARK}]*){MARK}")


def droppable(names: Iterable[str], path: str, repo: Repository) -> tuple[str, ...]:
    """Those local names of test cases whose import no other file takes from this one.

    Only files whose text speaks of test cases are sure to have been read, so that another
    name for one may be taken from any module but a test's.
    """
    known = (name for name in names if name in _TELLING or is_test_module(path))
    return repo.imports.untaken(known, path)


def serves_others(ref: ClassRef, repo: Repository) -> bool:
    """Whether classes of other services derive from this one."""
    own = repo.service(ref.path)
    return any(repo.service(heir.path) != own for heir in repo.classes.below(ref))


def alias_of_copy(
    site: Site, ref: ClassRef, kept: ClassRef, care: Sequence[str], repo: Repository
) -> Change | None:
    """The alias of another class of the repository."""
    elsewhere = kept.path != site.path
    request = ImportRequest(spelling(repo, kept.path, site.path), kept.fact.name) if elsewhere else None
    legacy = any(base in ROOTS for base in repo.cases.bases(kept))
    if elsewhere and "patchable" in site.facts:
        care = (*care, f"a test may patch {site.facts['patchable']} in this module")
    return alias_of(
        site,
        ref,
        placeholder(request) if request else kept.fact.name,
        repo,
        needs=(request,) if request else (),
        requires=(f"class:{kept.key}",) if legacy else (),
        care=care,
        note=f"a copy of {kept.fact.name} in {kept.path}",
    )


def alias_of(
    site: Site,
    ref: ClassRef,
    original: str,
    repo: Repository,
    *,
    needs: tuple[ImportRequest, ...],
    note: str,
    care: Sequence[str],
    requires: tuple[str, ...] = (),
) -> Change | None:
    """The change that makes ``ref`` an alias of what the text ``original`` names."""
    target = repo.target(Role.ALIAS)
    if target is None:
        return None
    maker = ImportRequest(target.module, target.name)
    start, _, end = site.facts["whole"].partition("-")
    text = _statement(site, ref, placeholder(maker), original, repo)
    roots, uses = site.facts["roots"].split(), site.facts.get("uses", "").split()
    return Change(
        (Edit(int(start), int(end), text),),
        safety=Safety.REVIEW if care else Safety.SAFE,
        note="; ".join((note, *care)),
        needs=(maker, *needs),
        drops=(*droppable(roots, site.path, repo), *repo.imports.untaken(uses, site.path)),
        requires=requires,
        provides=(f"class:{ref.key}",),
        shared=serves_others(ref, repo),
    )


def _statement(site: Site, ref: ClassRef, maker: str, original: str, repo: Repository) -> str:
    """``Name = deprecated_alias("Name", Original, …)``, on one line if that is short."""
    name, term = ref.fact.name, repo.term(site.path)
    dates = {"owner": term.owner, "since": term.since, "until": term.until}
    arguments = [_quoted(name), original, *(f"{key}={_quoted(value)}" for key, value in dates.items())]
    line = f"{name} = {maker}({', '.join(arguments)})"
    if len(_PLACEHOLDER.sub(r"\1", line)) <= _WIDTH:
        return line
    newline = "\r\n" if "crlf" in site.facts else "\n"
    return newline.join((f"{name} = {maker}(", *(f"    {argument}," for argument in arguments), ")"))


def _quoted(text: str) -> str:
    """A string literal, in ASCII whatever the text."""
    return (
        f'"{text}"' if text.isascii() and text.isprintable() and not set('"\\') & set(text) else ascii(text)
    )
