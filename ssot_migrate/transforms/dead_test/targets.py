"""Patches of names that are not there: what is replaced is looked for in the file that should define it."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.index import patched
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.transforms.mock_policy.patches import sure_target

MISSING = "missing-target"


def patch_target(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of a patch whose target is written down in full."""
    if target := sure_target(node, doc):
        yield doc.site(rule, MISSING, node, facts={"target": target})


def missing(site: Site, repo: Repository) -> str:
    """Why the target is certain not to be there, and what to do; empty if it may be."""
    target = site.facts["target"]
    why = patched.missing(target, site.path, repo)
    return f"{why}, so to patch {target} is an error: patch what is there" if why else ""
