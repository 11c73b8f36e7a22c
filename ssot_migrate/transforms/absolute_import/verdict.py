"""What becomes of a relative import: by which name its file is loaded decides."""

from __future__ import annotations

from ssot_migrate.edits import Edit
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.scopes import absolute
from ssot_migrate.model import Advice, Change, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.absolute_import.statements import DYNAMIC

_VENDORED = frozenset({"_vendor", "vendor", "vendored", "_vendored", "third_party", "extern"})


def decide(site: Site, repo: Repository) -> Outcome:
    """Change or advice for one site."""
    if not _VENDORED.isdisjoint(site.path.split("/")[:-1]):
        return Advice("vendored code, which is edited where it comes from", exempt=True)
    if site.kind == DYNAMIC:
        return Advice(f"import_module({site.facts['name']!r}): give it the absolute name of the module")
    if reason := _serves_two_ways(site):
        return Advice(reason)
    roots = repo.loading.roots(site.path)
    if len(roots) > 1:
        return Advice(_ambiguous(site, roots))
    root = next(iter(roots), repo.modules.import_root(site.path))
    package = _package(site.path, root)
    if not all(part.isidentifier() for part in package.split(".")):
        return Advice("nothing shows a package that this file belongs to, and without one this cannot work")
    if int(site.facts["level"]) > len(package.split(".")):
        return Advice(f"its dots lead out of {package}, the package that this file belongs to")
    return _change(site, root, package, repo)


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
    module = absolute(site.facts["module"] or None, int(site.facts["level"]), package)
    span = site["path"].span
    text = f"{site.facts['before']}{module}{site.facts['after']}"
    doubt = _doubt(site, root, module, repo)
    return Change(
        (Edit(span.start, span.end, text),),
        safety=Safety.REVIEW if doubt else Safety.SAFE,
        note=f"{'.' * int(site.facts['level'])}{site.facts['module']} is {module}"
        + (f"; {doubt}" if doubt else ""),
    )


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
