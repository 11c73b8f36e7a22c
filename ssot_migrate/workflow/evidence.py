"""Which reports of executed tests speak of the commit that is checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ssot_migrate.compliance.evidence import Ran, refusals
from ssot_migrate.compliance.executed import FAILED, PASSED, SKIPPED, read_report
from ssot_migrate.compliance.model import Evidence
from ssot_migrate.engine.inventory import is_bare, kind_by_name
from ssot_migrate.errors import UsageError
from ssot_migrate.git.history import changes
from ssot_migrate.git.repository import Repository

_OID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


def weigh(repo: Repository, reports: Iterable[str], commit: str) -> Iterator[Evidence]:
    """What each of ``reports`` proves of ``commit``.

    Raises:
        UsageError: one cannot be read, or is no report of executed tests.
    """
    known = [entry.path for entry in repo.entries(commit)] if reports else []
    for name in reports:
        ran = read_report(Path(name))
        counts = ran.counts(known)
        bound = f"on {ran.commit[:12]}" if ran.commit else "younger than the commit"
        refusal = next(refusals(ran, repo.commit_time(commit), _differs(repo, ran, commit)), "")
        yield Evidence(name, bound, counts[PASSED], counts[FAILED], counts[SKIPPED], refusal)


def _differs(repo: Repository, ran: Ran, commit: str) -> dict[str, bool]:
    """Whether files that rules read have changed from the report's commit to ``commit``; empty if unknown."""
    if not _OID.fullmatch(ran.commit):
        return {}
    try:
        changed = changes(repo, repo.resolve(ran.commit), commit)
    except UsageError:
        return {}
    return {ran.commit: any(kind_by_name(path) or is_bare(path) for path in changed)}
