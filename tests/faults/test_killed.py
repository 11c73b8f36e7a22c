"""Killed at any stage, a run leaves whole branches or none, and every file as it was or as planned."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_migrate.errors import ExitCode
from tests.faults.ground import Ground, said

pytestmark = pytest.mark.heavy
Record = Callable[..., None]

STAGES = {
    "the parent, while files are scanned": ("cli.progress:Steps.__call__", 1),
    "the parent, before files are decided": ("engine.run:answers", 1),
    "the parent, while the plan is put together": ("workflow.analysis:assemble", 1),
    "the parent, while blobs are read": ("git.checked_out:_bytes", 2),
    "the parent, in the middle of fast-import": ("git.importing:_write", 2),
    "the parent, between journal and refs": ("git.branches:write_refs", 1),
    "the parent, while the journal is written": ("git.journal:write_atomically", 1),
    "the parent, between two reports": ("reports.folder:write_atomically", 4),
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What an undisturbed run makes of the same repository."""
    calm = Ground(tmp_path_factory.mktemp("calm"))
    assert calm.apply().returncode == ExitCode.OK
    return calm.branches()


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("when", ["before", "after"])
def test_parent(ground: Ground, record: Record, whole: dict[str, str], stage: str, when: str) -> None:
    """The next run completes what is missing; ``--resume`` does, wherever something is on record."""
    point, count = STAGES[stage]
    before = ground.state()
    broken = ground.apply(deadly=f"ssot_migrate.{point} {count} {when} parent SIGKILL")
    assert said(broken) == "killed", broken.stderr
    ground.assert_sound()
    assert ground.state() == before
    found = ground.branches()
    assert found in ({}, whole)
    left = "all branches" if found else "no branch"
    on_record = bool(list((ground.root / ".git/ssot-migrate").glob("journal/*.json")))
    again = ground.apply(*(["--resume"] if on_record else []))
    assert again.returncode == ExitCode.OK, again.stderr
    assert (ground.branches(), ground.reports(), ground.state()) == (whole, len(whole), before)
    assert ground.apply("--resume").returncode == ExitCode.USAGE
    if when == "before":
        record(
            f"`kill -9` of {stage}", "killed", left, said(again) + (" with `--resume`" if on_record else "")
        )


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("point", ["git.inside:write_atomically", "atomic:os.replace"])
def test_in_place(ground: Ground, record: Record, point: str, count: int) -> None:
    """Every file is whole, old or new; ``--resume`` writes the others, ``undo`` takes back all."""
    before = ground.state()
    number = count + 1 if "os" in point else count  # the first replacement is the journal's
    broken = ground.apply(
        "--in-place", "--no-cache", deadly=f"ssot_migrate.{point} {number} before parent SIGKILL"
    )
    assert said(broken) == "killed", broken.stderr
    ground.assert_sound()
    names = before.files.keys()
    now = {name: data for name, data in ground.state().files.items() if name in names}
    assert now.keys() == names
    assert sum(now[name] != before.files[name] for name in names) <= count - 1
    again = ground.apply("--in-place", "--resume")
    assert again.returncode == ExitCode.OK, again.stderr
    assert list(ground.root.rglob(".*.tmp")) == []
    assert ground.apply("--in-place", "--resume").returncode == ExitCode.USAGE
    assert ground.run("undo", "--last").returncode == ExitCode.OK
    assert ground.state() == before
    record(
        "`kill -9` of the parent, while it writes in place",
        "killed",
        "each file whole, old or new",
        said(again) + " with `--resume`",
    )


@pytest.mark.parametrize(
    ("stage", "fault"),
    [
        *(("scan", fault) for fault in ("SIGKILL", "SIGSEGV", "SIGSTOP", "memory", "hang")),
        ("decide", "SIGKILL"),
        ("gates", "SIGKILL"),
    ],
)
def test_worker(ground: Ground, record: Record, stage: str, fault: str) -> None:
    """It costs its one file, by name; all others are done, and the next run does that one, too."""
    point = {
        "scan": "engine.scan:Scanner.scan",
        "decide": "engine.decide:Decider.decide",
        "gates": "engine.merge:failed_gate",
    }[stage]
    before = ground.state()
    limit = {"SSOT_MIGRATE_FILE_SECONDS": "5"} if fault in ("hang", "SIGSTOP") else {}
    broken = ground.apply(deadly=f"ssot_migrate.{point} 0 before worker {fault}", **limit)
    assert broken.returncode == ExitCode.PARTIAL, broken.stderr
    assert "app/deadly.py: worker problem: " in broken.stdout
    ground.assert_sound()
    assert ground.state() == before
    (ref,) = ground.git("for-each-ref", "--format=%(refname)", "refs/heads/ssot/app").split()
    touched = ground.git("diff", "--name-only", "main", ref).split()
    assert {"app/a.py", "app/b.py"} <= set(touched)
    assert "app/deadly.py" not in touched
    again = ground.apply()
    assert (again.returncode, "problem" in again.stdout) == (ExitCode.OK, False)
    told = {"memory": "out of memory", "hang": "past its time limit"}.get(fault, f"`{fault}`")
    left = "branches without that file, which is named"
    record(f"a worker: {told} ({stage})", said(broken), left, said(again))


@pytest.mark.parametrize("command", ["fast-import", "update-ref", "cat-file"])
def test_git_itself(ground: Ground, record: Record, command: str) -> None:
    """A git process that is killed ends the run with an error, and leaves nothing half-done."""
    with (ground.root / "app/a.py").open("ab") as file:
        file.write(b"# work in progress: git is asked for what was committed\n")
    before = ground.state()
    broken = ground.apply(PATH=ground.wrapped(command, "head -c 400 >/dev/null; kill -9 $$"))
    assert broken.returncode in (ExitCode.FAILED, ExitCode.REFUSED), broken.stderr
    assert "Traceback" not in broken.stderr
    ground.assert_sound()
    assert (ground.state(), ground.branches()) == (before, {})
    again = ground.apply()
    assert again.returncode == ExitCode.OK, again.stderr
    record(f"`kill -9` of `git {command}`", said(broken), "no branch", said(again))
