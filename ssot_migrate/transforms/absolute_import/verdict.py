"""What becomes of a relative import: by which name its file is loaded decides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import accumulate

import msgspec

from ssot_migrate.edits import Edit, splice
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.scopes import absolute
from ssot_migrate.model import Advice, Change, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.absolute_import.blocks import Block
from ssot_migrate.transforms.absolute_import.order import Order, order_of
from ssot_migrate.transforms.absolute_import.statements import DYNAMIC, FINDER

RULE = "absolute-import"
_VENDORED = frozenset({"_vendor", "vendor", "vendored", "_vendored", "third_party", "extern"})


def decide(site: Site, repo: Repository) -> Outcome:
    """Change or advice for one site."""
    if site.kind == FINDER:
        return None  # it tells only on other sites
    if not _VENDORED.isdisjoint(site.path.split("/")[:-1]):
        return Advice("vendored code, which is edited where it comes from", exempt=True)
    if site.kind == DYNAMIC:
        return Advice(f"import_module({site.facts['name']!r}): give it the absolute name of the module")
    if reason := _serves_two_ways(site):
        return Advice(reason)
    roots = repo.loading.roots(site.path)
    if len(roots) > 1:
        return Advice(_ambiguous(site, roots))
    root, package = _root(site.path, repo)
    if not all(part.isidentifier() for part in package.split(".")):
        return Advice("nothing shows a package that this file belongs to, and without one this cannot work")
    if int(site.facts["level"]) > len(package.split(".")):
        return Advice(f"its dots lead out of {package}, the package that this file belongs to")
    return _change(site, root, package, repo)


def _root(path: str, repo: Repository) -> tuple[str, str]:
    """The folder from which a file's package is loaded, and the package."""
    root = next(iter(repo.loading.roots(path)), repo.modules.import_root(path))
    return root, _package(path, root)


def _module(site: Site, package: str) -> str:
    return absolute(site.facts["module"] or None, int(site.facts["level"]), package)


def _serves_two_ways(site: Site) -> str:
    if "pair" in site.facts:
        return "another import takes its place where it fails, as in a start by path: decide for one way"
    if "package" in site.facts:
        return "this file speaks of __package__, by which a relative import is resolved"
    return ""


def _package(path: str, root: str) -> str:
    folder = path.rpartition("/")[0]
    return (folder.removeprefix(f"{root}/") if root and folder != root else "" if root else folder).replace(
        "/", "."
    )


def _ambiguous(site: Site, roots: dict[str, str]) -> str:
    names = [f"{_package(site.path, root)} ({how})" for root, how in sorted(roots.items())[:2]]
    return f"its package is loaded as {' and as '.join(names)}: settle on one name first"


def _change(site: Site, root: str, package: str, repo: Repository) -> Change:
    module = _module(site, package)
    doubt = _doubt(site, root, module, repo) or _renamed(package, repo)
    order = _orders(repo, site.path, package).get(_start(site), Order())
    told = filter(None, (doubt, order.kept))
    return Change(
        _edits(site, f"{site.facts['before']}{module}{site.facts['after']}", order),
        safety=Safety.REVIEW if doubt else Safety.SAFE,
        note="; ".join((f"{'.' * int(site.facts['level'])}{site.facts['module']} is {module}", *told)),
    )


def _edits(site: Site, name: str, order: Order) -> tuple[Edit, ...]:
    """The name in its place, or the whole statement where it is sorted in."""
    span = site["path"].span
    shift = len(name.encode()) - (span.end - span.start)
    edits = (Edit(span.start, span.end, name), *_realigned(site, shift))
    gap = (Edit(*order.gap, ""),) if order.gap else ()
    if _start(site) not in order.moves:
        return (*gap, *edits)
    lines = site["lines"].span
    inside = (Edit(edit.start - lines.start, edit.end - lines.start, edit.text) for edit in edits)
    moved = splice(site["lines"].text.encode(), inside).decode()
    place = order.moves[lines.start]
    return (*gap, Edit(lines.start, lines.end, ""), Edit(place, place, moved))


def _realigned(site: Site, shift: int) -> Iterator[Edit]:
    """Further lines that stand below the opening parenthesis follow it."""
    for start in map(int, site.facts.get("aligned", "").split()):
        yield Edit(start, start + max(0, -shift), " " * shift)


def _start(site: Site) -> int:
    """Where the lines of a statement in a block begin; -1 for one that stands in none."""
    return site["lines"].span.start if "lines" in site.captures else -1


@lru_cache(maxsize=4)
def _orders(repo: Repository, path: str, package: str) -> dict[int, Order]:
    """The order of each block of a file, by the starts of its relative imports; only where all can change."""
    sites = {_start(site): site for site in repo.scans[path].sites if site.rule == RULE}
    found: dict[int, Order] = {}
    for first in sites.values():
        if "block" in first.facts:
            block = msgspec.json.decode(first.facts["block"], type=Block)
            own = [line.start for line in block.lines if line.level]
            if all(start in sites and not _serves_two_ways(sites[start]) for start in own):
                names = {start: _module(sites[start], package) for start in own}
                found |= dict.fromkeys(own, order_of(path, block, names, repo))
    return found


def _doubt(site: Site, root: str, module: str, repo: Repository) -> str:
    """What a person should look at first; empty if the name is certain."""
    if "guarded" in site.facts:
        return "somebody waits for this import to fail: look whether the file is also started by its path"
    stem = "/".join(filter(None, (root, *module.split("."))))
    there = {f"{stem}.py", f"{stem}/__init__.py"} & repo.modules.paths or stem in repo.modules.folders
    if not there:
        return f"{module} does not stand in this repository"
    if not repo.loading.is_known(site.path, root):
        return "imports alone, if anything, tell that name: look at how the program is started"
    return ""


def _renamed(package: str, repo: Repository) -> str:
    """Which finder may load ``package``, or one around it, under another name; empty if none does."""
    names = accumulate(package.split("."), "{}.{}".format)
    path = next((found[name] for name in names if name in (found := _found_by_finders(repo))), "")
    return f"{path} may hand it to Python under another name, by sys.meta_path" if path else ""


@lru_cache(maxsize=1)
def _found_by_finders(repo: Repository) -> Mapping[str, str]:
    """By the name of a module, the file that loads it beside ``sys.meta_path``."""
    finders = [site for site in repo.scans.sites_of(RULE) if site.kind == FINDER]
    return {name: site.path for site in finders for name in site.facts["names"].split()}
