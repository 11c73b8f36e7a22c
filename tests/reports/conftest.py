"""The summary of a branch that has something of everything."""

from __future__ import annotations

import pytest

from ssot_migrate.findings import State
from ssot_migrate.plans.outcome import StaleFile
from ssot_migrate.reports.summary import Rest, Summary
from tests.reports.branches import API, FOUNDATION, GROUP, finding, plan_of, summary_of


@pytest.fixture
def summary() -> Summary:
    """The branch of ``api``: three sites changed, three left for two reasons."""
    plan = plan_of(
        finding("api/a.py", 1, State.CHANGED),
        finding("api/b.py", 2, State.CHANGED),
        finding("api/b.py", 3, State.CHANGED, rule="mocks"),
        finding("api/a.py", 4, State.HELD, "writer has readers elsewhere"),
        finding("api/c.py", 5, State.HELD, "writer has readers elsewhere"),
        finding("api/c.py", 6, State.ADVICE, "dynamic key"),
        finding("web/w.py", 7, State.ADVICE, "not ours"),
    )
    owners = {"api/c.py": "api", "api/broken.py": "api", "web/w.py": "web", "web/broken.py": "web"}
    stale = (StaleFile("api/a.py", "has changed"), StaleFile("web/w.py", "has changed"))
    return summary_of(plan, API, Rest(owners, stale, (FOUNDATION, API), groups=(GROUP,)))
