"""``apply --verify`` as users call it: branches hold what is proven, and say what was set aside and why."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode

pytestmark = pytest.mark.heavy
Run = Callable[..., subprocess.CompletedProcess[str]]
# A rule that a team calls safe, and is not: the new function cuts off where the old one rounds.
RULE = """\
[custom.legacy-cents]
id = "SSOT901"
summary = "the retired conversion to cents"
from = "legacy.money.cents"
to = "shared.money.cents"
safety = "safe"
"""
USE = "import legacy.money\n\n\ndef amount():\n    return legacy.money.cents({!r})\n"
CALLS = "from {0}.{1} import amount\n\n\ndef test_{1}():\n    assert amount() == {2}\n"
AMOUNTS = {"billing/fee.py": "0.5", "shop/deposit.py": "0.25", "shop/total.py": "0.29", "shop/gift.py": "1"}
FILES = {
    "ssot.toml": RULE,
    "notes.txt": "mine\n",
    "legacy/money.py": "def cents(text):\n    return round(float(text) * 100)\n",
    "shared/money.py": "def cents(text):\n    return int(float(text) * 100)\n",
    **{f"{name}/__init__.py": "" for name in ("legacy", "shared", "billing", "shop")},
    **{path: USE.format(amount) for path, amount in AMOUNTS.items()},
    **{
        f"tests/test_{Path(path).stem}.py": CALLS.format(
            Path(path).parent, Path(path).stem, round(float(amount) * 100)
        )
        for path, amount in AMOUNTS.items()
    },
}
GUILTY = "tests/test_total.py::test_total"


@pytest.fixture
def root(lay: Callable[..., Path]) -> Path:
    """Two services with four uses of what the rule replaces, of which one is no good."""
    return lay(FILES)


@pytest.fixture
def run(root: Path) -> Run:
    """Call the command in that repository, as a process."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ssot_migrate", *words]
        return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)

    return call


@pytest.fixture
def verified(run: Run) -> Run:
    """``apply --verify`` with the tests of this interpreter."""
    tests = ("--test-command", f"{sys.executable} -m pytest -q")
    return lambda *words: run("apply", "--verify", *tests, *words)


def git(root: Path, *words: str) -> str:
    """What git prints."""
    return subprocess.check_output(["git", "-C", str(root), *words], text=True)


def state(root: Path) -> list[str]:
    """What no run may change."""
    words = (["status", "--porcelain"], ["rev-parse", "HEAD"], ["worktree", "list"], ["stash", "list"])
    return [git(root, *each) for each in words]


def refs(root: Path) -> dict[str, str]:
    """Our branches by service."""
    names = git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads/ssot").split()
    return {name.split("/")[1]: name for name in names}


def test_what_breaks_a_test_is_left_out_of_the_branches(root: Path, verified: Run, tmp_path: Path) -> None:
    """Found among its neighbours, kept in the file of decisions; the tests pass on what was written."""
    before = state(root)
    decisions = tmp_path / "decisions.txt"
    done = verified("--decisions", str(decisions))
    assert done.returncode == ExitCode.PARTIAL, done.stderr
    assert f"set aside: shop/total.py:5: legacy-cents: {GUILTY} fails with it\n" in done.stderr
    assert state(root) == before
    made = refs(root)
    changed = {name: git(root, "diff", "--name-only", "main", ref).split() for name, ref in made.items()}
    assert changed == {"billing": ["billing/fee.py"], "shop": ["shop/deposit.py", "shop/gift.py"]}
    (line,) = decisions.read_text().splitlines()[1:]
    assert line.startswith("quarantine ")
    assert line.endswith(f" legacy-cents shop/total.py amount set aside by verify: fails {GUILTY}")
    for name in made.values():
        git(root, "worktree", "add", "-q", "--detach", str(tmp_path / "tree"), name)
        suite = [sys.executable, "-m", "pytest", "-q"]
        subprocess.run(suite, cwd=tmp_path / "tree", check=True, capture_output=True)
        git(root, "worktree", "remove", "--force", str(tmp_path / "tree"))


def test_reports_show_the_failing_test_and_its_output(root: Path, verified: Run) -> None:
    """The branch of that service says what was set aside, for which test, and how that failed."""
    done = verified("--format", "json")
    assert done.returncode == ExitCode.PARTIAL, done.stderr
    written = json.loads(done.stdout)["branches"]
    folders = {each["branch"]["service"]: Path(each["report"]) for each in written}
    page = (folders["shop"] / "report.md").read_text()
    assert "**Holds:**" in page
    assert f"Set aside: `shop/total.py:5` (legacy-cents), for `{GUILTY}` fails with it:" in page
    assert "assert 28 == 29" in page
    assert "quarantined" in page
    (told,) = json.loads((folders["shop"] / "report.json").read_text())["verification"]["set_aside"]
    assert (told["path"], told["test"]) == ("shop/total.py", GUILTY)
    assert "assert 28 == 29" in told["output"]
    assert GUILTY in (folders["shop"] / "report.html").read_text()
    assert "Set aside" not in (folders["billing"] / "report.md").read_text()


def test_a_sealed_plan_and_a_second_run(root: Path, run: Run, verified: Run, tmp_path: Path) -> None:
    """The sealed plan is proven as it is; after ``undo`` the same is written without a run of tests."""
    sealed = str(tmp_path / "plan.json")
    assert run("plan", "--out", sealed).returncode == ExitCode.OK
    first = verified("--plan", sealed)
    assert first.returncode == ExitCode.PARTIAL, first.stderr
    written = {name: git(root, "rev-parse", name) for name in refs(root).values()}
    assert run("undo", "--last").returncode == ExitCode.OK
    assert refs(root) == {}
    second = verified("--plan", sealed)
    assert "\n0 runs of the tests, " in second.stderr
    assert {name: git(root, "rev-parse", name) for name in refs(root).values()} == written


def test_what_is_found_does_not_depend_on_the_order_of_sets(
    root: Path, verified: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Of several tests that fail with a change, every run names the same: the plan is the same."""
    more = "".join(f"\n\ndef test_{name}():\n    assert amount() == 29\n" for name in "abcdefgh")
    (root / "tests/test_total.py").write_text(f"from shop.total import amount\n{more}")
    git(root, "commit", "-qam", "more tests")
    found = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        decisions = tmp_path / seed
        done = verified("--decisions", str(decisions), "--force")
        assert "test_total.py::test_a fails with it, and 7 others\n" in done.stderr
        found.append((decisions.read_text(), sorted(refs(root).values())))
    assert found[0] == found[1]


def test_without_a_proof_nothing_is_written(root: Path, verified: Run) -> None:
    """Tests that all fail on the base as well prove nothing, whatever comes after."""
    (root / "conftest.py").write_text("raise SystemExit('no database')\n")
    git(root, "commit", "-qam", "broken")
    before = state(root)
    done = verified()
    assert done.returncode == ExitCode.UNPROVEN, done.stdout + done.stderr
    assert "no branch was written" in done.stderr
    assert (state(root), refs(root)) == (before, {})


def test_a_search_without_runs_sets_aside_all_that_may_be_it(root: Path, verified: Run) -> None:
    """No run is granted to it: the whole branch of that service goes, and the other one is proven."""
    done = verified("--max-runs", "0")
    assert done.returncode == ExitCode.PARTIAL, done.stderr
    assert set(refs(root)) == {"billing"}
    assert done.stderr.count("set aside: ") == 3
