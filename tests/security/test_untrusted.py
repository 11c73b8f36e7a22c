"""A hostile repository, as CI may meet one: nothing of it runs, becomes an option, or leads outside."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import example
from ssot_migrate.errors import ExitCode, PlanTampered
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.store import load, seal

pytestmark = pytest.mark.heavy
LEGACY = 'import os\n\nA = os.environ["A"]\n'
OPTIONS = ("--include", "review", "--rule", "direct-env-access")
TRAP = "import pathlib\npathlib.Path({!r}).touch()\n"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository with a service and a file to migrate."""
    (tmp_path / "repo/app").mkdir(parents=True)
    (tmp_path / "repo/app/__init__.py").touch()
    (tmp_path / "repo/app/a.py").write_text(LEGACY)
    git(tmp_path / "repo", "init", "-q", "-b", "main")
    commit(tmp_path / "repo")
    return tmp_path / "repo"


@pytest.fixture
def run(root: Path, tmp_path: Path) -> Run:
    """The command in that repository, as a process."""
    env = example.environment(tmp_path, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))

    def call(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ssot_migrate", *words]
        return subprocess.run(command, cwd=root, env=env | more, capture_output=True, text=True, check=False)

    return call


def git(root: Path, *words: str) -> str:
    """What git prints."""
    done = subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, text=True)
    return done.stdout


def commit(root: Path) -> None:
    """Commit all there is."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", "base")


def use(run: Run) -> None:
    """Every command that reads a repository or writes into it."""
    for words in (
        ["plan", *OPTIONS, "--no-cache"],
        ["diff", *OPTIONS],
        ["check"],
        ["conflicts", *OPTIONS],
        ["apply", *OPTIONS],
        ["undo", "--last"],
        ["apply", *OPTIONS, "--in-place"],
        ["undo", "--last"],
    ):
        done = run(*words)
        assert done.returncode in (ExitCode.OK, ExitCode.PARTIAL, ExitCode.DEBT), (words, done.stderr)


def test_no_code_of_the_repository_is_imported(root: Path, run: Run, tmp_path: Path) -> None:
    """Neither what pytest and pip would load, nor modules that are named like ours or like libraries."""
    sprung = str(tmp_path / "sprung")
    shadows = ("git", "libcst", "msgspec", "yaml", "click", "rich", "ssot_migrate_plugin", "sitecustomize")
    for name in ("conftest", "setup", "app/tests/conftest", "app/__init__", *shadows):
        path = root / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(TRAP.format(sprung) + LEGACY)
    backend = '[build-system]\nrequires = []\nbuild-backend = "setup"\nbackend-path = ["."]\n'
    plugins = '[tool.pytest.ini_options]\naddopts = "-p ssot_migrate_plugin"\n'
    (root / "pyproject.toml").write_text(backend + plugins)
    (root / "setup.cfg").write_text("[options]\n[tool:pytest]\naddopts = -p ssot_migrate_plugin\n")
    commit(root)
    script = shutil.which("ssot-migrate", path=str(Path(sys.executable).parent))
    assert script

    def installed(*words: str) -> subprocess.CompletedProcess[str]:
        env = example.environment(tmp_path)
        return subprocess.run(
            [script, *words], cwd=root, env=env, capture_output=True, text=True, check=False
        )

    use(installed)
    assert not Path(sprung).exists()


def test_nothing_but_verify_runs_the_test_command(root: Path, run: Run, tmp_path: Path) -> None:
    """A repository's settings name a command; only whoever calls `verify` agrees to it."""
    sprung = tmp_path / "sprung"
    (root / "ssot.toml").write_text(f"test-command = 'touch {sprung}'\n")
    commit(root)
    use(run)
    run("apply", *OPTIONS)
    (ref,) = git(root, "for-each-ref", "--format=%(refname)", "refs/heads/ssot/app").split()
    for words in (["verify-branch", ref], ["trend"], ["aliases"], ["apply", "--rebase", ref]):
        done = run(*words)
        assert done.returncode == ExitCode.OK, (words, done.stderr)
    assert not sprung.exists()
    assert run("verify", *OPTIONS).returncode == ExitCode.OK
    assert sprung.exists()


def test_no_program_of_gits_configuration_runs(root: Path, run: Run, tmp_path: Path) -> None:
    """Hooks, filters, text conversion, external diffs, a monitor, a pager, an editor, ssh and aliases."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\nexit 1\n")
    trap.chmod(0o755)
    for hook in ("reference-transaction", "post-index-change", "post-checkout", "pre-commit", "update"):
        (root / ".git/hooks").mkdir(exist_ok=True)
        (root / ".git/hooks" / hook).symlink_to(trap)
    settings = (
        *("core.fsmonitor", "core.sshCommand", "core.pager", "core.editor", "core.askPass", "core.gitProxy"),
        *(
            "diff.external",
            "diff.x.textconv",
            "diff.x.command",
            "merge.x.driver",
            "gpg.program",
            "log.showSignature",
        ),
        *("filter.x.process", "credential.helper", "sequence.editor", "uploadpack.packObjectsHook"),
    )
    for key in settings:
        git(root, "config", key, "true" if key == "log.showSignature" else str(trap))
    for command in ("ls-files", "fast-import", "diff-tree", "cat-file"):
        git(root, "config", f"alias.{command}", f"!{trap}")
    (root / ".git/info").mkdir(exist_ok=True)
    (root / ".git/info/attributes").write_text("*.py diff=x merge=x\n*.txt filter=x\n")
    use(run)
    assert not (tmp_path / "sprung").exists()


HOSTILE = ("--upload-pack=touch sprung", "-x", "--output=sprung", "--exec=touch sprung", "@{-1}", "a..b", "-")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_an_option(root: Path, run: Run, name: str) -> None:
    """Services, folders, files and revisions that look like options are names, or a usage error."""
    (root / name).mkdir()
    (root / name / f"{name}.py").write_text(LEGACY)
    (root / name / "__init__.py").touch()
    (root / "ssot.toml").write_text(f'services = {{ "{name}" = ["/{name}/"] }}\n')
    commit(root)
    done = run("apply", *OPTIONS)
    assert done.returncode == ExitCode.OK, done.stderr
    assert len(git(root, "for-each-ref", "refs/heads/ssot").splitlines()) >= 1
    for words in (
        ["check", f"--diff={name}"],
        ["undo", "--", name],
        ["apply", f"--service={name}x", *OPTIONS],
    ):
        refused = run(*words)
        assert refused.returncode == ExitCode.USAGE, (words, refused.stdout, refused.stderr)
    assert not (root / "sprung").exists()
    git(root, "fsck", "--strict")


def test_nothing_outside_is_read_through_links(root: Path, run: Run, tmp_path: Path) -> None:
    """A link in any place, committed or only in the working tree, gives away no byte of what it points to."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.py").write_text('import os\n\nA = os.environ["STOLEN_NAME"]\n')
    (root / "linked.py").symlink_to(outside / "secret.py")
    (root / "folder").symlink_to(outside)
    commit(root)
    (root / "app/a.py").unlink()
    (root / "app/a.py").symlink_to(outside / "secret.py")
    for words in (["plan", "--no-cache", "--format", "json"], ["diff", *OPTIONS], ["check"]):
        done = run(*words)
        assert "STOLEN_NAME" not in done.stdout + done.stderr
    refused = run("apply", *OPTIONS, "--in-place")
    assert refused.returncode == ExitCode.REFUSED, refused.stderr
    assert (outside / "secret.py").read_text().endswith('os.environ["STOLEN_NAME"]\n')


PATHS = (
    "../x.py",
    "/etc/x.py",
    "a/../../x.py",
    "C:/x.py",
    "a\\x.py",
    ".git/hooks/x",
    "a/.GIT/x",
    "git~1/x",
    "a//x",
    "",
)


@pytest.mark.parametrize("path", PATHS)
def test_no_plan_leads_outside(root: Path, run: Run, tmp_path: Path, path: str) -> None:
    """A plan that somebody has sealed anew with another path is refused, whatever is asked of it."""
    sealed = tmp_path / "plan.json"
    assert run("plan", *OPTIONS, "--out", str(sealed)).returncode == ExitCode.OK
    plan = load(sealed)
    moved = tuple(msgspec.structs.replace(file, path=path) for file in plan.files[:1])
    forged = msgspec.structs.replace(plan, files=moved)
    with pytest.raises(PlanTampered):
        seal(forged)
    sealed.write_bytes(forged_bytes(forged))
    for words in (["apply", "--in-place"], ["apply"], ["diff"]):
        done = run(*words, "--plan", str(sealed))
        assert done.returncode == ExitCode.REFUSED, done.stderr
    assert git(root, "status", "--porcelain") == ""


def forged_bytes(plan: Plan) -> bytes:
    """A plan file whose digest is right, as whoever can write the file can make it."""
    import hashlib

    from ssot_migrate.plans.store import dump

    body = dump(msgspec.structs.replace(plan, digest=""))
    return dump(msgspec.structs.replace(plan, digest=hashlib.sha256(body).hexdigest()))
