"""Patches of names that are not there: what is replaced is looked for in the file that should define it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.transforms.mock_policy.patches import is_patch, replaced

MISSING = "missing-target"
# A file with one of these may have names that do not stand in it.
_MAGIC = ("__getattr__", "globals", "setattr", "exec", "vars", "__dict__", "import_module")


def patch_target(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of a patch whose target is written down in full."""
    if not is_patch(node, doc) or any(k.arg in ("create", "raising", None) for k in node.keywords):
        return
    if last_name(node.func) == "multiple" or doc.enclosing(ast.Try) or _expects_error(doc):
        return
    named = node.args[0] if node.args else None
    if last_name(node.func) == "object" and not (named is not None and doc.meaning(named)):
        return
    if isinstance(named, ast.JoinedStr):
        return
    target = replaced(node, doc)
    if target.count(".") and all(part.isidentifier() for part in target.split(".")):
        yield doc.site(rule, MISSING, node, facts={"target": target})


def _expects_error(doc: PythonDocument) -> bool:
    withs = (node for node in doc.stack if isinstance(node, ast.With | ast.AsyncWith))
    return any("raises" in ast.unparse(item.context_expr) for node in withs for item in node.items)


def questions(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """Files that may define the target, and the words that would show it."""
    files, attribute = owners(site, repo)
    for path in files:
        yield from ((path, word) for word in (attribute, *_MAGIC))


def owners(site: Site, repo: Repository) -> tuple[list[str], str]:
    """The files that the longest importable prefix of the target may mean, and the name asked of them."""
    parts = site.facts["target"].split(".")
    folder = site.path.rpartition("/")[0]
    for count in range(len(parts) - 1, 0, -1):
        files = _files("/".join(parts[:count]), folder, repo)
        if files:
            return files, parts[count]
        if repo.modules.is_package(".".join(parts[:count])):
            return [], ""  # a package without a file of its own: submodules of it may be made elsewhere
    return [], ""


def _files(relative: str, folder: str, repo: Repository) -> list[str]:
    """Files of this name that are imported under it: each from the folder in which its own packages begin."""
    found = (
        (root, candidate)
        for root in dict.fromkeys(repo.modules.roots(folder))
        for candidate in (f"{root}{relative}.py", f"{root}{relative}/__init__.py")
        if candidate in repo.modules.paths
    )
    return [path for root, path in found if repo.modules.import_root(path) == root.removesuffix("/")]


def missing(site: Site, repo: Repository) -> str:
    """Why the target is certain not to be there, and what to do; empty if it may be."""
    files, attribute = owners(site, repo)
    if not files or attribute.startswith("__") or any(_may_have(path, attribute, repo) for path in files):
        return ""
    target = site.facts["target"]
    return f"{files[0]} has no {attribute}, so to patch {target} is an error: patch what is there"


def _may_have(path: str, attribute: str, repo: Repository) -> bool:
    if any(repo.mentions(path, word) is not False for word in (attribute, *_MAGIC)):
        return True
    scan = repo.scans.get(path)
    if scan is None or any(fact.name == "*" for fact in scan.imports):
        return True
    inner = path.removesuffix("__init__.py") + attribute
    return path.endswith("__init__.py") and (
        inner in repo.modules.folders or f"{inner}.py" in repo.modules.paths
    )
