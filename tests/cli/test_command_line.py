"""The command as users and CI call it: exit codes, errors, rubbish; every run is a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode

LEGACY = 'import os\n\nA = os.environ["A"]\n'


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run ``ssot-migrate`` with a cache of its own."""
    environment = {**os.environ, "SSOT_MIGRATE_CACHE": str(cwd.parent / "cache"), "COLUMNS": "100"}
    command = [sys.executable, "-m", "ssot_migrate", *arguments]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def git(repo: Path, *arguments: str) -> str:
    """Run git in ``repo``."""
    return subprocess.run(
        ["git", "-C", str(repo), *arguments], check=True, capture_output=True, text=True
    ).stdout


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with one legacy file in one service."""
    root = tmp_path / "repo"
    (root / "app").mkdir(parents=True)
    (root / "app" / "__init__.py").write_text("")
    (root / "app" / "config.py").write_text(LEGACY)
    git(tmp_path, "init", "-q", str(root))
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "base")
    return root


def test_plan_of_clean_code_is_ok(repo: Path) -> None:
    """Nothing to do is success, with and without the detailed exit code."""
    (repo / "app" / "config.py").write_text("A = 1\n")
    git(repo, "commit", "-qam", "clean")

    assert run("plan", cwd=repo).returncode == ExitCode.OK
    assert run("plan", "--detailed-exitcode", cwd=repo).returncode == ExitCode.OK


def test_pending_changes_show_in_the_exit_code_only_if_asked(repo: Path) -> None:
    """``--detailed-exitcode`` tells pending changes apart."""
    assert run("plan", cwd=repo).returncode == ExitCode.OK
    assert run("plan", "--detailed-exitcode", cwd=repo).returncode == ExitCode.CHANGES


def test_plan_writes_nothing_but_the_file_asked_for(repo: Path) -> None:
    """The repository is as it was, but for ``--out``."""
    before = git(repo, "for-each-ref"), git(repo, "status", "--porcelain")
    assert run("plan", "--out", "../plan.json", cwd=repo).returncode == ExitCode.OK

    assert (git(repo, "for-each-ref"), git(repo, "status", "--porcelain")) == before
    assert json.loads((repo.parent / "plan.json").read_text())["files"]


@pytest.mark.parametrize("form", ["table", "lines", "json", "sarif", "diff"])
def test_every_format_names_the_file(repo: Path, form: str) -> None:
    """Each format prints the plan; no progress and no colour where there is no terminal."""
    done = run("plan", "--format", form, cwd=repo)

    assert done.returncode == ExitCode.OK
    assert ("app" if form == "table" else "app/config.py") in done.stdout
    assert "\x1b[" not in done.stdout + done.stderr
    assert done.stderr == ""


def test_diff_is_what_git_applies(repo: Path) -> None:
    """The printed diff applies to the working tree and gives what ``apply --in-place`` gives."""
    patch = run("diff", cwd=repo).stdout
    subprocess.run(["git", "apply", "-"], cwd=repo, input=patch, text=True, check=True)
    by_patch = {p.name: p.read_bytes() for p in repo.rglob("*.py")}
    git(repo, "checkout", "-q", ".")
    git(repo, "clean", "-qfd")

    assert run("apply", "--in-place", cwd=repo).returncode == ExitCode.OK
    assert {p.name: p.read_bytes() for p in repo.rglob("*.py")} == by_patch


def test_a_saved_plan_is_applied_without_what_makes_plans(repo: Path) -> None:
    """Neither a rule nor a parser nor a library that only other commands need is loaded to replay a plan."""
    assert run("plan", "--out", "../plan.json", cwd=repo).returncode == ExitCode.OK
    script = """\
import sys
from ssot_migrate.cli import main
try:
    main(["apply", "--plan", "../plan.json"])
except SystemExit as stop:
    assert not stop.code, stop.code
rules = [name for name in sys.modules if name.startswith("ssot_migrate.transforms.")]
assert not rules, rules
assert not {"libcst", "git", "pygments", "rich", "yaml"} & sys.modules.keys()
"""
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=repo, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_apply_leaves_working_tree_index_and_head(repo: Path) -> None:
    """Branches appear; a dirty working tree is neither an obstacle nor touched."""
    (repo / "app" / "config.py").write_text("broken(")
    (repo / "new.txt").write_text("mine")
    git(repo, "add", "new.txt")
    before = git(repo, "status", "--porcelain=v2", "--branch")

    done = run("apply", cwd=repo)

    assert done.returncode == ExitCode.OK
    assert git(repo, "status", "--porcelain=v2", "--branch") == before
    branches = git(repo, "for-each-ref", "--format=%(refname)", "refs/heads/ssot").split()
    assert [name.split("/")[3] for name in branches] == ["app", "foundation"]


def test_apply_in_place_refuses_a_changed_file(repo: Path) -> None:
    """Uncommitted work is named and kept."""
    (repo / "app" / "config.py").write_text(LEGACY + "B = 1\n")
    done = run("apply", "--in-place", cwd=repo)

    assert done.returncode == ExitCode.REFUSED
    assert "app/config.py" in done.stderr
    assert (repo / "app" / "config.py").read_text() == LEGACY + "B = 1\n"


def test_a_saved_plan_is_refused_for_a_file_that_changed(repo: Path) -> None:
    """A stale file is left out by name; the exit code says so."""
    run("plan", "--out", "../plan.json", cwd=repo)
    (repo / "app" / "config.py").write_text(LEGACY + "B = 1\n")
    git(repo, "commit", "-qam", "newer")
    done = run("apply", "--plan", "../plan.json", cwd=repo)

    assert done.returncode == ExitCode.STALE
    assert "app/config.py has changed since the plan was made" in done.stderr


def test_a_tampered_plan_is_refused_whole(repo: Path) -> None:
    """One changed letter in a plan file, and nothing is written."""
    run("plan", "--out", "../plan.json", cwd=repo)
    plan = repo.parent / "plan.json"
    plan.write_text(plan.read_text().replace("get_env()", "get_3nv()"))
    done = run("apply", "--plan", "../plan.json", cwd=repo)

    assert done.returncode == ExitCode.REFUSED
    assert git(repo, "for-each-ref", "refs/heads/ssot") == ""


def test_unreadable_files_are_partial(repo: Path) -> None:
    """A file that cannot be read is reported with its reason; the rest is planned."""
    (repo / "app" / "broken.py").write_text('import os\nprint os.environ["A"]\n')
    git(repo, "add", "-A")
    git(repo, "commit", "-qm", "broken")
    done = run("plan", cwd=repo)

    assert done.returncode == ExitCode.PARTIAL
    assert "app/broken.py" in done.stdout
    assert "1 unparseable" in done.stdout
    listed = run("plan", "--format", "lines", cwd=repo).stdout.splitlines()
    assert [line for line in listed if line.startswith("app/broken.py:2: parse problem: ")] == listed[-1:]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["plan", "--rule", "no-such-rule"], "usage"),
        (["plan", "--service", "nobody"], "usage"),
        (["plan", "no-such-folder"], "usage"),
        (["plan", "--no-such-option"], "usage"),
        (["apply", "--plan", "no-such-file.json"], "usage"),
    ],
)
def test_wrong_calls_are_usage_errors_in_json_too(repo: Path, arguments: list[str], code: str) -> None:
    """One message and one hint on stderr; with ``--format json`` one object on stdout."""
    plain = run(*arguments, cwd=repo)
    assert plain.returncode == ExitCode.USAGE
    assert plain.stderr.startswith("error: ")
    assert "Traceback" not in plain.stderr

    asked = run(*arguments, "--format", "json", cwd=repo)
    assert asked.returncode == ExitCode.USAGE
    error = json.loads(asked.stdout)
    assert error["code"] == code
    assert set(error) == {"code", "message", "hint"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ssot.toml", "services = 3\n", "ssot.toml"),
        ("ssot.toml", "[broken\n", "ssot.toml"),
        ("pyproject.toml", "[tool.ssot-migrate]\nservces = {}\n", "servces"),
        ("ssot.toml", 'profile = "none"\n', "none"),
        ("ssot.toml", "[policy]\ndirect-env-access = 'maybe'\n", "maybe"),
    ],
)
def test_settings_that_make_no_sense_are_named(repo: Path, name: str, text: str, said: str) -> None:
    """A settings error names the file, the key or the value, and what to do."""
    (repo / name).write_text(text)
    done = run("plan", cwd=repo)

    assert done.returncode == ExitCode.USAGE
    assert said in done.stderr
    assert "hint: " in done.stderr


def test_outside_of_a_repository(tmp_path: Path) -> None:
    """No repository, or one without commits, is a usage error with a hint."""
    assert run("plan", cwd=tmp_path).returncode == ExitCode.USAGE
    git(tmp_path, "init", "-q")
    done = run("plan", cwd=tmp_path)

    assert done.returncode == ExitCode.USAGE
    assert "no commits yet" in done.stderr


def test_rules_and_explain(repo: Path) -> None:
    """Every listed rule can be explained, by slug and by id."""
    for rule in json.loads(run("rules", "--format", "json", cwd=repo).stdout):
        page = run("explain", rule["slug"], cwd=repo)
        assert page.returncode == ExitCode.OK
        assert "## Left alone" in page.stdout
        assert run("explain", rule["id"], cwd=repo).stdout == page.stdout


def test_new_rule_works_as_it_is_written(tmp_path: Path) -> None:
    """The scaffold is a module that imports and declares a rule, beside a golden folder."""
    (tmp_path / "ssot_migrate" / "transforms").mkdir(parents=True)
    (tmp_path / "tests" / "golden").mkdir(parents=True)

    assert run("new", "direct-sleep", cwd=tmp_path).returncode == ExitCode.OK
    module = tmp_path / "ssot_migrate" / "transforms" / "direct_sleep.py"
    namespace: dict[str, object] = {"__name__": "direct_sleep"}
    exec(compile(module.read_text(), str(module), "exec"), namespace)  # noqa: S102 - our own scaffold
    assert getattr(namespace["transform"], "slug", "") == "direct-sleep"
    assert (tmp_path / "tests" / "golden" / "direct_sleep" / "before" / "call.py").exists()
    assert run("new", "direct-sleep", cwd=tmp_path).returncode == ExitCode.REFUSED
    assert run("new", "../escape", cwd=tmp_path).returncode == ExitCode.USAGE


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(repo: Path, shell: str) -> None:
    """Each shell's script names the command."""
    assert "ssot-migrate" in run("completion", shell, cwd=repo).stdout
