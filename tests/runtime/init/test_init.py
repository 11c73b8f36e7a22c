"""``init`` as users run it: in real repositories, twice, and over their own work."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

from ssot_migrate.errors import ExitCode
from ssot_migrate.runtime.catalog import runtime_files
from ssot_migrate.runtime.manifest import MANIFEST, parse_manifest
from tests.runtime.init.repositories import RUNNER, SECRETS, Init, git, make_older, state


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


def test_a_project_whose_packages_are_found_is_told(init: Init, repo: Path) -> None:
    """Its build would be refused, until its packages are named; one that names them hears nothing."""
    (repo / "app").mkdir()
    (repo / "app" / "__init__.py").touch()
    system = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
    (repo / "pyproject.toml").write_text(system)
    done = init()
    assert done.returncode == ExitCode.OK
    assert "setuptools finds the packages of the root by itself" in done.stderr
    (repo / SECRETS).unlink()
    (repo / "pyproject.toml").write_text(f'{system}[tool.setuptools]\npackages = ["app"]\n')
    assert init().stderr.startswith("1 file written")


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


def test_files_that_git_ignores_are_pointed_out(init: Init, repo: Path) -> None:
    """They would be missing in everybody else's clone."""
    (repo / ".gitignore").write_text("scripts/\n")
    ignored = "git ignores scripts/validate_test_infrastructure.py"
    assert ignored in init().stderr


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
