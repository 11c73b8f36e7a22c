"""What the page says of a missed goal comes from samples and figures alone."""

from __future__ import annotations

from pathlib import Path

import hotspots
import profiles

STACKS = """main (run.py:1);scan_items (ssot_migrate/engine/work.py:9);parse (ast.py:50) 6
main (run.py:1);scan_items (ssot_migrate/engine/work.py:9);find (ssot_migrate/transforms/dead_test/a.py:1) 2
main (run.py:1);decide_items (ssot_migrate/engine/work.py:9);find (ssot_migrate/transforms/dead_test/a.py:1) 1
main (run.py:1);_find (importlib/_bootstrap.py:3) 1
"""


def test_samples_are_told_by_their_innermost_known_part(tmp_path: Path) -> None:
    """A parser's time is its own, a rule's is told by stage, and what nothing tells is start-up."""
    (tmp_path / "samples").write_text(STACKS)

    assert hotspots.shares(tmp_path / "samples") == {
        "ast.parse of files that rules look at": 0.6,
        "dead-test, looked for": 0.2,
        "dead-test, decided": 0.1,
        "starting Python and loading code": 0.1,
    }


def test_a_missed_goal_has_its_profile_and_what_would_close_it() -> None:
    """The gap is spelt out in the parts that were measured; a goal that is met needs no profile."""
    corpus = {"parts": {"parsing": 0.5, "rules": 0.4, "rest": 0.1}}

    told = "\n".join(profiles.profiled(corpus, 4.0, 1.0))
    assert "| parsing | 50.0% | 2.00 |" in told
    assert "3.00 U have to go" in told
    assert "the 2 largest parts as a whole, or 75% of each" in told
    assert profiles.profiled(corpus, 0.9, 1.0) == []


def test_growth_is_told_by_file() -> None:
    """Cost per file shows whether it is linear."""
    point = {"files": 1000, "unit": 2.0, "cold": 6.0, "warm": 0.5, "peak": 90}

    told = "\n".join(profiles.linearity({"command": "make bench", "points": [point]}))
    assert "| 1,000 | 2.00 | 6.00 | 3.00 | 6.00 | 0.50 | 0.50 | 90 |" in told
    assert profiles.linearity({}) == []
