"""The change of a custom rule: what its import costs here, and what that does to its safety."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.custom.template import request
from ssot_migrate.edits import Edit
from ssot_migrate.index.reach import importable
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Advice, Change, Safety, Site
from ssot_migrate.settings import CustomRule
from ssot_migrate.transform import Outcome


def moved(
    rule: CustomRule, site: Site, edits: Sequence[Edit], roots: Sequence[str], repo: Repository
) -> Outcome:
    """The change that ``edits`` make onto ``rule.to``; nothing in the module that defines it.

    ``roots`` are the local names whose import may go. What the file may be unable to import is for review.
    """
    if rule.safety == "advice":
        return Advice(f"{rule.summary}: use {rule.to}" if rule.to else rule.summary)
    needed = request(rule)
    path = repo.modules.find(needed.module, site.path.rpartition("/")[0])
    if path == site.path:
        return None
    doubt = importable(repo, Target(needed.module, needed.name, path, True, False), site.path) if path else ""
    return Change(
        tuple(edits),
        safety=Safety.REVIEW if doubt else Safety(rule.safety),
        note=f"{rule.summary}; {doubt}" if doubt else rule.summary,
        needs=(needed,),
        drops=repo.imports.untaken(roots, site.path),
    )
