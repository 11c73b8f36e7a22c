"""What the page says of a missed goal comes from samples and figures alone."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import hotspots
import memory
import page
import profiles
import work
from corpora import Corpus

STACKS = """process 1:"python -m ssot_migrate";main (run.py:1);scan_items (ssot_migrate/engine/work.py:9);parse (ast.py:50) 6
process 1:"python -m ssot_migrate";scan_items (ssot_migrate/engine/work.py:9);find (ssot_migrate/transforms/dead_test/a.py:1) 2
process 1:"python -m ssot_migrate";decide_items (ssot_migrate/engine/work.py:9);find (ssot_migrate/transforms/dead_test/a.py:1) 1
process 1:"python -m ssot_migrate";write_all (ssot_migrate/workflow/reporting.py:1);_find (<frozen importlib._bootstrap>:3) 1
"""  # noqa: E501
ROWS = [
    {"work": "floor", "name": "ast.parse of all files (U)", "cpu": 2.0},
    {"work": "environment", "name": "ssot-migrate", "cpu": 0.8},
    {"work": "all rules", "name": "ssot-migrate", "cpu": 8.0},
    {"work": "apply a saved plan", "name": "ssot-migrate", "cpu": 3.0},
    {"work": "apply a saved plan", "name": "git fast-import of the same commits", "cpu": 1.0},
]
PARTS = {
    "all rules": {"parsing": 0.5, "rules": 0.4, "rest": 0.1},
    "apply a saved plan": {"git itself": 0.6, "pages": 0.395, "other": 0.005},
}


def test_samples_are_told_by_their_innermost_known_part(tmp_path: Path) -> None:
    """A parser's time is its own, a rule's is told by stage, loading code is start-up wherever it happens."""
    broken_names = "main (a\nb.py:1) (\nmain (a\x0bb.py:1)\n"
    (tmp_path / "samples").write_text(STACKS + broken_names)

    assert hotspots.shares(hotspots.parts(tmp_path / "samples")) == {
        "ast.parse of files that rules look at": 0.6,
        "dead-test, looked for": 0.2,
        "dead-test, decided": 0.1,
        "starting Python and loading code": 0.1,
    }


def test_a_worker_is_seen_by_its_stack(tmp_path: Path) -> None:
    """What a worker uses is sampled, so that not all that children use is git's."""
    (tmp_path / "alone").write_text(STACKS)
    (tmp_path / "both").write_text(
        f'{STACKS}process 1:"a";main (run.py:1);process 2:"a";scan_items (w.py:1) 1\n'
    )

    assert [hotspots.with_workers(tmp_path / name) for name in ("alone", "both")] == [False, True]


def test_what_git_uses_is_a_part_of_the_whole() -> None:
    """Git's own CPU is measured, not sampled: the samples share what is left."""
    found = hotspots.shares(Counter({"pages": 30, "plan": 10}), children=0.6)
    assert found == {"git itself": 0.6, "pages": 0.3, "plan": 0.1}


def test_each_missed_goal_has_its_profile_and_what_would_close_it() -> None:
    """The gap of each is spelt out in the parts that were measured of that very work."""
    corpus = {"name": "x", "files": 6000, "rows": ROWS, "parts": PARTS}

    assert [goal.title for goal in page.missed(corpus)] == [
        "all rules / U",
        "apply a saved plan / git fast-import",
    ]
    told = "\n".join(page.profiles(corpus))
    assert "| parsing | 50.0% | 4.00 | 2.000 |" in told
    assert "the goal is 1.25, which is 2.50 s; measured were 8.00 s, so 5.50 s have to go" in told
    assert "the 2 largest parts as a whole, or 69% of each" in told
    assert "### Where the CPU goes: apply a saved plan" in told
    assert "| git itself | 60.0% | 1.80 | 0.900 |" in told
    assert "the largest part as a whole, or 50% of each" in told
    assert told.count("###") == 2


def test_a_small_corpus_has_no_goals_and_a_goal_without_samples_no_profile() -> None:
    """Below some size starting is most of the work; what was not sampled is not guessed."""
    corpus = {"name": "x", "files": 6000, "rows": ROWS, "parts": {}}
    assert list(page.profiles(corpus)) == []
    assert page.missed({**corpus, "files": 100}) == []


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    """A corpus of 30 files with one access each."""
    (tmp_path / "code/app").mkdir(parents=True)
    for number in range(30):
        (tmp_path / f"code/app/m{number}.py").write_text(f"import os\n\nA = os.environ['K{number}']\n")
    return Corpus(tmp_path).fill(tmp_path / "code")


def case_of(tool: str) -> work.Case:
    """What ``tool`` does where a saved plan is applied."""
    return next(case for case in work.cases() if (case.work, case.name) == ("apply a saved plan", tool))


@pytest.mark.heavy
@pytest.mark.skipif(not shutil.which("py-spy"), reason="the benchmark's own environment has py-spy")
def test_a_work_is_sampled(corpus: Corpus) -> None:
    """The parts of a saved plan's apply are a whole, with git in it."""
    found = hotspots.hotspots(corpus, case_of(work.OURS))

    assert hotspots.GIT in found
    assert sum(found.values()) == pytest.approx(1, abs=0.01)


def test_the_peer_of_apply_writes_the_same_commits_and_no_more(corpus: Corpus) -> None:
    """Fast-import begins without any object of ours, is given the new blobs alone, and ends where we do."""
    subprocess.run(case_of(work.OURS).prepare(corpus), cwd=corpus.root, env=corpus.environment(), check=True)
    refs = ("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/ssot")
    made = corpus.git(*refs)
    new = corpus.git("rev-list", "--objects", "--glob=refs/heads/ssot/*", "^HEAD").splitlines()
    command = case_of(work.FAST_IMPORT).prepare(corpus)

    assert made
    assert corpus.git(*refs) == ""
    assert corpus.git("cat-file", "--batch-all-objects", "--batch-check").find(new[0].split()[0]) == -1
    blobs = corpus.plan.with_suffix(".stream").read_bytes().count(b"\nblob\n") + 1
    assert blobs <= len(new)
    subprocess.run(command, cwd=corpus.root, check=True)
    assert corpus.git(*refs) == made


def test_growth_is_told_by_file() -> None:
    """Cost per file shows whether it is linear."""
    point = {"files": 1000, "unit": 2.0, "cold": 6.0, "warm": 0.5, "peak": 90}

    told = "\n".join(profiles.linearity({"command": "make bench", "points": [point]}))
    assert "| 1,000 | 2.00 | 6.00 | 3.00 | 6.00 | 0.50 | 0.50 | 90 |" in told
    assert profiles.linearity({}) == []


def test_memory_is_told_by_what_it_is_held_for() -> None:
    """Where the largest point needs more than the goal, the traced one shows what grows with the files."""
    traced = {
        "files": 1000,
        "unit": 2.0,
        "cold": 6.0,
        "warm": 0.5,
        "peak": 90,
        "held": {"scans": 40, "index": 0},
    }
    large = {**traced, "files": 9000, "peak": profiles.MEMORY_GOAL + 1, "held": {}}

    told = "\n".join(profiles.linearity({"command": "make bench", "points": [traced, large]}))
    assert "| scans | 40 | 40.0 |" in told
    assert "index" not in told
    assert "held for" not in "\n".join(profiles.linearity({"command": "make bench", "points": [traced]}))


@pytest.mark.heavy
def test_traces_say_what_a_plan_holds(corpus: Corpus) -> None:
    """A real plan is traced in its own process: there are scans, and Python itself."""
    found = memory.held(corpus)

    assert found[memory.OTHER] > 0
    assert "scans of all files, packed" in found


def test_memory_counts_for_the_innermost_part() -> None:
    """A library's frames count for who called it; what no part of ours took is Python's."""
    ours = "/x/ssot_migrate/engine/scanning.py"
    rows = [
        (3_000_000, ["/lib/re.py", ours, "/x/ssot_migrate/workflow/analysis.py"]),
        (1_000_000, ["/lib/re.py"]),
    ]
    assert memory.by_part(rows) == {"scans of all files, packed": 3, memory.OTHER: 1}
