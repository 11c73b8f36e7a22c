"""The gates that must know the repository: imports that resolve, the project's Python, test ids."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.engine.composing import Decided
from ssot_migrate.engine.gates.node_ids import changed_ids
from ssot_migrate.engine.gates.resolving import unresolved
from ssot_migrate.engine.gates.version import too_new
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import Source


def objection(
    source: Source,
    scan: FileScan,
    chosen: Sequence[Decided],
    repo: Repository,
    before: bytes,
    after: bytes,
    edits: Sequence[Edit],
) -> str:
    """Why a file must not become ``after`` by the ``chosen`` changes; empty if nothing speaks against it.

    ``edits`` are those of the changes and of imports, which made ``after`` of ``before``.
    """
    needs = [need for decided in chosen for need in decided.change.needs]
    if reason := unresolved(needs, source.path, repo.modules):
        return reason
    minor = repo.project.python_of(source.path)
    if minor is not None and (reason := too_new(before, after, edits, minor)):
        return reason
    classes = any(promise.startswith("class:") for d in chosen for promise in d.change.provides)
    return changed_ids(source, scan, before, after, repo=repo) if classes else ""
