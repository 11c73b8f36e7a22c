"""``init`` as users run it: in real repositories, twice, over their own work, and where it cannot go."""

from __future__ import annotations

import json
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode
from ssot_migrate.runtime.catalog import runtime_files
from ssot_migrate.runtime.manifest import MANIFEST, digest, parse_manifest, render_manifest

Init = Callable[..., subprocess.CompletedProcess[str]]
SECRETS = "shared/secret_loader.py"
RUNNER = "tests/unified_test_runner.py"


def git(root: Path, *arguments: str) -> str:
    """Run git in ``root``."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository without commits, which is enough."""
    root = tmp_path / "repo"
    git(tmp_path, "init", "-q", str(root))
    (root / "mine.py").write_text("MINE = 1\n")
    return root


@pytest.fixture
def init(repo: Path) -> Init:
    """Run ``ssot-migrate init`` in the repository, or in ``where``, maybe ``under`` another program."""

    def run(
        *arguments: str,
        where: Path = repo,
        under: Sequence[str] = (),
        preexec_fn: Callable[[], None] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        command = [*under, sys.executable, "-m", "ssot_migrate", "init", *arguments]
        return subprocess.run(
            command, cwd=where, preexec_fn=preexec_fn, capture_output=True, text=True, check=False
        )

    return run


def state(root: Path) -> dict[str, bytes]:
    """Every file but git's own."""
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def make_older(repo: Path, path: str, text: str = "older\n") -> None:
    """Let ``path`` be what an earlier release shipped."""
    (repo / path).write_text(text)
    known = parse_manifest((repo / MANIFEST).read_bytes())
    (repo / MANIFEST).write_bytes(render_manifest({**known, path: digest(text.encode())}))


def test_everything_comes_once(init: Init, repo: Path) -> None:
    """All files as shipped, a manifest that ``sha256sum`` takes, nothing staged; again changes nothing."""
    done = init()
    assert done.returncode == ExitCode.OK, done.stderr
    after = state(repo)
    assert {path: after[path] for path in runtime_files()} == runtime_files()
    assert after.keys() - runtime_files().keys() == {"mine.py", "conftest.py", MANIFEST}
    subprocess.run(["sha256sum", "--quiet", "--strict", "--check", MANIFEST], cwd=repo, check=True)
    assert git(repo, "ls-files") == ""
    again = init()
    assert (again.returncode, again.stdout, again.stderr) == (ExitCode.OK, "", "0 files written\n")
    assert state(repo) == after


def test_upgrade_replaces_what_nobody_changed_and_shows_the_rest(init: Init, repo: Path) -> None:
    """Older files are replaced, also with CRLF; changed ones kept with a diff that git takes."""
    init()
    shipped = (repo / SECRETS).read_text()
    (repo / SECRETS).write_text(shipped.replace("_TIMEOUT_SECONDS = 10.0", "_TIMEOUT_SECONDS = 99.0"))
    for path in ("shared/auth_tickets.py", "shared/test_only_guard.py"):
        make_older(repo, path)
    (repo / "shared" / "test_only_guard.py").write_bytes(b"older\r\n")
    plain = init()
    assert "kept shared/auth_tickets.py: older than the shipped one" in plain.stdout
    assert ((repo / "shared" / "auth_tickets.py").read_text(), "@@" in plain.stdout) == ("older\n", False)
    done = init("--upgrade")
    assert done.returncode == ExitCode.OK
    for path in ("shared/auth_tickets.py", "shared/test_only_guard.py"):
        assert (repo / path).read_bytes() == runtime_files()[path]
    assert "99.0" in (repo / SECRETS).read_text()
    patch = done.stdout[done.stdout.index("diff --git") :]
    subprocess.run(["git", "apply", "-"], cwd=repo, input=patch, text=True, check=True)
    assert (repo / SECRETS).read_text() == shipped
    assert init("--upgrade").stdout == ""


def test_a_change_taken_back_is_none(init: Init, repo: Path) -> None:
    """What is as shipped again is upgraded as if nobody had ever touched it."""
    init()
    shipped = (repo / SECRETS).read_bytes()
    (repo / SECRETS).write_text("mine\n")
    assert f"kept {SECRETS}: yours" in init("--upgrade").stdout
    (repo / SECRETS).write_bytes(shipped)
    assert init("--upgrade").stdout == ""
    make_older(repo, SECRETS)
    assert init("--upgrade").stdout == f"wrote {SECRETS}\n"


def test_without_a_manifest_nothing_is_replaced(init: Init, repo: Path) -> None:
    """What is not as shipped counts as the team's and is shown; the manifest is written anew."""
    init()
    make_older(repo, SECRETS)
    (repo / MANIFEST).unlink()
    done = init("--upgrade")
    assert done.stdout.startswith(f"kept {SECRETS}: yours, and not as shipped\ndiff --git")
    assert (repo / SECRETS).read_text() == "older\n"
    assert parse_manifest((repo / MANIFEST).read_bytes()).keys() == runtime_files().keys() - {SECRETS}


def test_line_ends_of_a_checkout_are_no_change(init: Init, repo: Path) -> None:
    """With CRLF everywhere nothing is to do, and a diff shows the lines that the team has changed."""
    init()
    for path in runtime_files():
        (repo / path).write_bytes((repo / path).read_bytes().replace(b"\n", b"\r\n"))
    assert init("--upgrade").stdout == ""
    ours = (repo / SECRETS).read_bytes().replace(b"_TIMEOUT_SECONDS = 10.0", b"_TIMEOUT_SECONDS = 99.0")
    (repo / SECRETS).write_bytes(ours)
    diff = init("--upgrade").stdout
    assert (diff.count("\n-"), diff.count("\n+")) == (2, 2)  # a header line and a changed one


def test_permissions_stay(init: Init, repo: Path) -> None:
    """A script that a team has made executable is so after an upgrade."""
    init()
    make_older(repo, RUNNER)
    (repo / RUNNER).chmod(0o755)
    assert init("--upgrade").stdout == f"wrote {RUNNER}\n"
    assert stat.S_IMODE((repo / RUNNER).stat().st_mode) == 0o755


@pytest.mark.parametrize(
    ("path", "mode", "told"),
    [
        (SECRETS, 0o000, f"cannot read {SECRETS}: Permission denied"),
        ("shared", 0o555, "cannot write shared/auth_tickets.py: Permission denied"),
        (MANIFEST, 0o000, f"cannot read {MANIFEST}: Permission denied"),
    ],
)
def test_no_permission_is_an_error_that_names_the_file(
    path: str, mode: int, told: str, init: Init, repo: Path, needs: Callable[[str], str]
) -> None:
    """Neither a traceback nor half a file; with the permission the same call completes."""
    init()
    for name in ("shared/auth_tickets.py", RUNNER):
        make_older(repo, name)
    before = (repo / path).stat().st_mode
    (repo / path).chmod(mode)
    # Root may do all, unless it gives up the right to.
    plain = [needs("setpriv"), "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    done = init("--upgrade", under=plain)
    assert (done.returncode, told in done.stderr) == (ExitCode.FAILED, True), done.stderr
    assert (repo / RUNNER).read_text() == "older\n"
    (repo / path).chmod(stat.S_IMODE(before))
    assert f"wrote {RUNNER}" in init("--upgrade").stdout


def test_what_a_team_removed_stays_away_from_upgrades(init: Init, repo: Path) -> None:
    """``--upgrade`` says so and leaves it; plain ``init`` brings it back."""
    init()
    (repo / SECRETS).unlink()
    assert f"kept {SECRETS}: removed by you" in init("--upgrade").stdout
    assert not (repo / SECRETS).exists()
    assert f"wrote {SECRETS}" in init().stdout


def test_files_of_ones_own_are_kept_and_nothing_broken_is_put_beside_them(init: Init, repo: Path) -> None:
    """What could not work with a team's own file is left out with the reason, and so is what needs that."""
    (repo / "shared").mkdir()
    own = "import os\ndef get_env():\n    return os.environ\n"
    (repo / "shared" / "isolated_environment.py").write_text(own)
    (repo / "conftest.py").write_text("# mine\n")
    done = init("--format", "json")
    told = json.loads(done.stdout)
    assert (repo / "shared" / "isolated_environment.py").read_text() == own
    assert (repo / "conftest.py").read_text() == "# mine\n"
    reasons = {left["path"]: left["reason"] for left in told["left_out"]}
    base = "test_framework/ssot/base_test_case.py"
    assert reasons[base].endswith("of shared/isolated_environment.py, which is yours and has no such")
    assert "left out" in reasons["tests/mission_critical/test_ssot_compliance_suite.py"]
    assert not (repo / base).exists()
    written = [path for path in told["written"] if path.endswith(".py")]
    assert "test_framework/ssot/mock_factory.py" in written
    for path in written:
        if path not in ("test_framework/unified_docker_manager.py",):
            script = f"import sys, runpy; sys.path.insert(0, '.'); runpy.run_path({path!r})"
            subprocess.run([sys.executable, "-W", "ignore", "-c", script], cwd=repo, check=True)


def test_a_dirty_tree_and_a_subfolder_are_no_obstacle(init: Init, repo: Path) -> None:
    """From anywhere below, files go to the top; staged and unstaged work stays as it is."""
    (repo / "deep" / "er").mkdir(parents=True)
    git(repo, "add", "mine.py")
    (repo / "mine.py").write_text("MINE = 2\n")
    before = git(repo, "diff"), git(repo, "diff", "--cached")
    assert init(where=repo / "deep" / "er").returncode == ExitCode.OK
    assert (repo / SECRETS).exists()
    assert (git(repo, "diff"), git(repo, "diff", "--cached")) == before
    assert list((repo / "deep" / "er").iterdir()) == []


def link(path: Path) -> None:
    """Something else's content behind a link."""
    path.symlink_to(path.parents[1] / "mine.py")


def nested(path: Path) -> None:
    """A repository of its own around the path."""
    git(path.parent, "init", "-q")


@pytest.mark.parametrize(
    ("path", "make", "told"),
    [
        (SECRETS, link, "is no plain file"),
        (SECRETS, Path.mkdir, "is no plain file"),
        (SECRETS, os.mkfifo, "is no plain file"),
        (SECRETS, nested, "lies in another repository"),
        ("shared/isolated_environment/__init__.py", Path.touch, "would be hidden by the package"),
        (MANIFEST, Path.mkdir, "is no plain file"),
    ],
)
def test_where_no_file_can_stand_nothing_is_written(
    path: str, make: Callable[[Path], object], told: str, init: Init, repo: Path
) -> None:
    """Links, folders, pipes, nested repositories: refused by name, and no other file is written."""
    (repo / path).parent.mkdir(parents=True)
    make(repo / path)
    before = sorted(repo.rglob("*"))
    done = init()
    assert done.returncode == ExitCode.REFUSED
    assert told in done.stderr
    assert sorted(repo.rglob("*")) == before
    assert (repo / "mine.py").read_text() == "MINE = 1\n"


def test_a_linked_folder_is_not_written_through(init: Init, repo: Path, tmp_path: Path) -> None:
    """What lies behind a link, maybe outside of the repository, is not touched."""
    (tmp_path / "elsewhere").mkdir()
    (repo / "shared").symlink_to(tmp_path / "elsewhere")
    done = init()
    assert (done.returncode, "shared/__init__.py lies behind a link" in done.stderr) == (
        ExitCode.REFUSED,
        True,
    )
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_bare_repository_and_none_at_all(init: Init, repo: Path, tmp_path: Path) -> None:
    """Each is a usage error that says what to do."""
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    done = init(where=tmp_path / "bare.git")
    assert (done.returncode, "git worktree add" in done.stderr) == (ExitCode.USAGE, True)
    assert init(where=tmp_path).returncode == ExitCode.USAGE


@pytest.mark.parametrize("spoilt", [b"<<<<<<< ours\n", b"\xff\x00\n", b"0123 cut\n"])
def test_a_spoilt_manifest_is_named(spoilt: bytes, init: Init, repo: Path) -> None:
    """After a conflict or a disk's fault the line is told, and nothing is written over."""
    init()
    (repo / MANIFEST).write_bytes(spoilt + (repo / MANIFEST).read_bytes())
    (repo / SECRETS).write_text("mine\n")
    done = init("--upgrade")
    assert (done.returncode, f"{MANIFEST}:1: " in done.stderr) == (ExitCode.USAGE, True)
    assert (repo / SECRETS).read_text() == "mine\n"


def test_files_that_git_ignores_are_pointed_out(init: Init, repo: Path) -> None:
    """They would be missing in everybody else's clone."""
    (repo / ".gitignore").write_text("scripts/\n")
    ignored = "git ignores scripts/validate_test_infrastructure.py"
    assert ignored in init().stderr


def test_a_full_disk_is_an_error_and_the_run_can_be_repeated(init: Init, repo: Path) -> None:
    """No half-written file stays; a second run completes what the first could not."""
    limit = 5000  # bytes a file may have, as if the disk were full

    def shrink() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = init(preexec_fn=shrink)
    assert (done.returncode, "cannot write" in done.stderr) == (ExitCode.FAILED, True)
    half = {path for path, data in state(repo).items() if data != runtime_files().get(path, data)}
    assert half == set()
    assert init().returncode == ExitCode.OK
    assert state(repo).keys() >= runtime_files().keys()


def test_plan_brings_files_by_the_same_manifest(init: Init, repo: Path) -> None:
    """What a plan brought, ``init`` knows for its own, and completes; a later plan brings nothing twice."""
    (repo / "mine.py").write_text('import os\n\nA = os.environ["A"]\n')
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "base")
    tool = [sys.executable, "-m", "ssot_migrate", "apply", "--in-place", "--no-cache"]
    subprocess.run(tool, cwd=repo, check=True, capture_output=True)
    brought = parse_manifest((repo / MANIFEST).read_bytes())
    assert brought.keys() == {"conftest.py", "shared/__init__.py", "shared/isolated_environment.py"}
    make_older(repo, "shared/isolated_environment.py")
    assert "wrote shared/isolated_environment.py" in init("--upgrade").stdout


def test_rules_leave_the_runtime_alone(init: Init, repo: Path) -> None:
    """A plan over a repository that owns the runtime neither changes nor criticises a file of it."""
    init()
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "base")
    tool = [sys.executable, "-m", "ssot_migrate", "plan", "--format", "json", "--no-cache"]
    plan = json.loads(subprocess.run(tool, cwd=repo, check=True, stdout=subprocess.PIPE).stdout)
    found = [finding for finding in plan["findings"] if finding["state"] != "suppressed"]
    assert (plan["files"], found, plan["problems"]) == ([], [], [])
