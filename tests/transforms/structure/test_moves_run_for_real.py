"""Tests that move to the service that they test are collected and run before and after, and can go back."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from ssot_migrate.errors import ExitCode, PlanTampered, Refused
from ssot_migrate.findings import State
from ssot_migrate.git.inplace import apply_in_place
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.undo import undo
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.check import check
from ssot_migrate.plans.model import FilePlan, Plan, paths_of
from ssot_migrate.workflow import Request, VerifyRequest, apply_plan, make_plan, unified_diff
from ssot_migrate.workflow.verifying import verify_plan

OLD, NEW = "orders/tests/test_price.py", "billing/tests/test_price.py"
TEST = """\
import pytest

from billing.price import price
from billing.price import free


@pytest.mark.parametrize("amount", [1, 2])
def test_price(amount):
    assert price(amount) == amount


class TestFree:
    def test_free(self):
        assert free() == 0
"""
FILES = {
    "conftest.py": "",
    "pytest.ini": "[pytest]\n",
    "billing/__init__.py": "",
    "billing/price.py": "def price(amount):\n    return amount\n\n\ndef free():\n    return 0\n",
    "billing/tests/__init__.py": "",
    "billing/tests/test_own.py": "from billing.price import free\n\n\ndef test_own():\n    assert 1\n",
    "orders/__init__.py": "",
    "orders/order.py": "A = 1\n",
    "orders/tests/__init__.py": "",
    "orders/tests/test_order.py": "from orders.order import A\n\n\ndef test_a():\n    assert A\n",
    OLD: TEST,
    "ssot.toml": '[services]\nbilling = ["billing/"]\norders = ["orders/"]\n',
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a test of orders that tests billing alone."""
    monkeypatch.setenv("SSOT_MIGRATE_CACHE", str(tmp_path / "cache"))
    return written(tmp_path / "repo", FILES)


def written(root: Path, files: dict[str, str]) -> Path:
    """The files, committed."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    for arguments in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)
    return root


def planned(root: Path, **options: object) -> Plan:
    """A plan of the rule that changes what is for review, too."""
    asked = {"rules": ("service-boundary",), "include_review": True, **options}
    return make_plan(Request(str(root), **asked), lambda *_: None)  # type: ignore[arg-type]


def collected(root: Path) -> set[str]:
    """The ids of the tests that pytest collects."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return {line for line in done.stdout.splitlines() if "::" in line}


def test_the_same_tests_are_collected_under_the_new_path(root: Path) -> None:
    """On the branch: ids differ in the path alone, all pass, and git sees a rename."""
    before = collected(root)
    plan = planned(root)
    (file,) = plan.files
    assert (file.path, file.moved) == (OLD, NEW)
    apply_plan(plan, Request(str(root)))
    assert collected(root) == before  # neither working tree nor HEAD is touched
    (branch,) = git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads/ssot").split()
    assert git(root, "diff", "-M", "--name-status", "main", branch).split() == ["R100", OLD, NEW]
    git(root, "checkout", "-q", branch)
    assert collected(root) == {test.replace(OLD, NEW) for test in before}
    suite = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(suite, cwd=root, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1].startswith(f"{len(before)} passed")
    git(root, "checkout", "-q", "main")
    assert apply_plan(plan, Request(str(root))).branches[0].branch.existed


def git(root: Path, *arguments: str) -> str:
    """What a git command prints."""
    done = subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, text=True)
    return done.stdout


def test_it_is_held_unless_asked_for(root: Path) -> None:
    """Each import says where it goes and that ids change; both findings belong to the one move."""
    found = planned(root, include_review=False)
    assert found.files == ()
    assert [finding.state for finding in found.findings] == [State.HELD] * 2
    assert all(f"moves to {NEW}" in f.message and "their ids" in f.message for f in found.findings)


def test_in_place_and_back(root: Path) -> None:
    """The file goes, its permissions too; undo brings it back where it was and leaves nothing behind."""
    (root / OLD).chmod(0o755)
    written(root, {})
    repo = Repository.open(root)
    apply_plan(planned(root), Request(str(root)), in_place=True)
    assert not (root / OLD).exists()
    assert (root / NEW).read_text() == TEST
    assert (root / NEW).stat().st_mode & 0o111
    assert undo(repo).left == ()
    assert (root / OLD).read_text() == TEST
    assert (root / OLD).stat().st_mode & 0o111
    assert git(root, "status", "--porcelain") == ""


def test_an_interrupted_move_is_brought_to_its_end(root: Path) -> None:
    """Killed after the new file was written: --resume removes the old one and nothing else."""
    plan = planned(root)
    repo = Repository.open(root)
    base = repo.read_files(plan.base, paths_of(plan.files))
    files = replay(plan, base.get).applied
    journal = Journal.begin(repo.common_dir, plan.digest, in_place=True)
    (root / NEW).write_text(TEST)
    with pytest.raises(Refused, match="something stands there"):
        apply_in_place(repo, files, journal)
    apply_in_place(repo, files, journal, resume=True)
    assert not (root / OLD).exists()
    assert undo(repo).left == ()
    assert (root / OLD).read_text() == TEST


def test_a_file_that_came_in_between_is_not_replaced(root: Path) -> None:
    """The move is stale, by name; nothing is lost on either path."""
    plan = planned(root)
    written(root, {NEW: "def test_other():\n    assert 1\n"})
    applied = apply_plan(plan, Request(str(root)))
    assert applied.branches == ()
    assert [stale.path for stale in applied.stale] == [OLD]
    assert "where a file stands by now" in applied.stale[0].reason


def test_verify_maps_the_ids(root: Path) -> None:
    """No test counts as gone, and the note says what moved."""
    command = f"{sys.executable} -m pytest -q"
    plan = planned(root)
    request = Request(str(root), rules=("service-boundary",), include_review=True)
    left, verified = verify_plan(plan, request, VerifyRequest(command), lambda *_: None)
    assert verified.holds
    assert left.files == plan.files
    (proof,) = verified.branches
    assert proof.regressions == ()
    assert [(note.what, note.before, note.after) for note in proof.notes] == [("moved", OLD, NEW)]
    assert proof.passed == 3  # those that the move can affect


def test_another_change_of_the_file_comes_first(root: Path) -> None:
    """A move and edits are never one step: the move waits for the next plan, which makes it."""
    written(root, {OLD: f"import os\n\n{TEST}\n\nNAME = os.getenv('A')\n"})
    both = planned(root, rules=("service-boundary", "direct-env-access"))
    assert not any(file.moved for file in both.files)
    held = {f.message for f in both.findings if f.rule == "service-boundary"}
    assert held == {"overlaps another change of this plan; plan again after it is applied"}


@pytest.mark.parametrize(
    "fault",
    [
        {"moved": "../outside.py"},
        {"moved": ".git/hooks/x.py"},
        {"moved": "orders/tests/test_order.py/x.py"},
        {"steps": ()},
        {"before": ""},
        {"foundation": True},
    ],
)
def test_a_plan_that_moves_a_file_where_it_must_not_is_refused(root: Path, fault: dict[str, object]) -> None:
    """Plan files are hostile input, digest or not."""
    plan = planned(root)
    bad = msgspec.structs.replace(plan.files[0], **fault)
    other = FilePlan("orders/tests/test_order.py", "orders", bad.before or "0" * 40, plan.files[0].steps, ())
    with pytest.raises(PlanTampered):
        check(msgspec.structs.replace(plan, files=(bad, other)))


def test_the_diff_is_one_that_git_takes(root: Path) -> None:
    """As a rename, without a line of the file."""
    patch = b"".join(unified_diff(planned(root), str(root)))
    assert b"rename to billing/tests/test_price.py" in patch
    subprocess.run(["git", "-C", str(root), "apply", "-"], input=patch, check=True)
    assert (root / NEW).read_text() == TEST


@pytest.mark.parametrize("form", ["table", "lines", "json", "sarif", "diff"])
def test_every_format_tells_it(root: Path, form: str) -> None:
    """The command line prints a plan with a move in each of its formats."""
    command = [
        sys.executable,
        "-m",
        "ssot_migrate",
        "plan",
        "--rule",
        "service-boundary",
        "--include",
        "review",
    ]
    done = subprocess.run(
        [*command, "--format", form, str(root)], capture_output=True, text=True, check=False
    )
    assert done.returncode == ExitCode.OK, done.stderr
    assert done.stdout
