"""What forges and hooks call: valid by their schemas, and its shell run for real over a repository."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml

ROOT = Path(__file__).parents[2]
ACTION, TEMPLATE = "action.yml", "templates/ssot-migrate.gitlab-ci.yml"
LEGACY = 'import os\n\nDEBUG = os.environ["DEBUG"]\n'
STRANGE = "$(touch pwned); x"


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A repository with one violation on ``main``, and a folder for the forge's own files."""
    repo = tmp_path / "repo"
    repo.mkdir()
    git(repo, "init", "-q")
    (repo / "config.py").write_text(LEGACY)
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "base")
    return repo


def git(repo: Path, *arguments: str) -> None:
    """Run git in ``repo``."""
    subprocess.run(["git", "-C", str(repo), *arguments], check=True, capture_output=True)


def shell(script: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step as a forge's runner does: bash that ends at the first error, our command on the path."""
    path = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    environment = {**os.environ, "PATH": path, "SSOT_MIGRATE_CACHE": str(cwd.parent / "cache"), **variables}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def loaded(name: str) -> dict[str, Any]:
    """A YAML file of the project."""
    found: dict[str, Any] = yaml.safe_load((ROOT / name).read_text("utf-8"))
    return found


@pytest.mark.parametrize(
    ("schema", "name"), [("vendor.github-actions", ACTION), ("vendor.gitlab-ci", TEMPLATE)]
)
def test_files_follow_the_schemas_of_their_forges(schema: str, name: str) -> None:
    """The published schemas, as ``check-jsonschema`` carries them, have nothing against them."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(ROOT / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_manifest_of_hooks_is_one() -> None:
    """pre-commit itself reads it."""
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    subprocess.run(command, check=True)


def action_step(name: str, **inputs: str) -> tuple[str, dict[str, str]]:
    """A step's script and its environment, its expressions filled in as GitHub would."""
    action = loaded(ACTION)
    given = {key: str(spec["default"]) for key, spec in action["inputs"].items()} | inputs
    (step,) = (step for step in action["runs"]["steps"] if step.get("name") == name)
    values = {f"inputs.{key}": value for key, value in given.items()} | {"github.action_path": str(ROOT)}
    return step["run"], {
        key: re.sub(r"\$\{\{ (\S+) \}\}", lambda found: values[found[1]], text)
        for key, text in step["env"].items()
    }


def test_no_input_is_part_of_a_script() -> None:
    """Expressions stand in environments alone: GitHub pastes them into scripts as they are."""
    scripts = [step.get("run", "") for step in loaded(ACTION)["runs"]["steps"]]
    assert not [script for script in scripts if "${{" in script]


def test_the_action_annotates_summarises_and_fails(work: Path, tmp_path: Path) -> None:
    """One run gives annotations, a job summary and a SARIF log, and ends as ``check`` does."""
    script, environment = action_step("Check")
    summary = tmp_path / "summary"
    done = shell(script, work, GITHUB_STEP_SUMMARY=str(summary), **environment)

    assert done.returncode == 7
    assert "::error file=config.py,line=3," in done.stdout
    assert summary.read_text().startswith("## Compliance 0.0 %")
    assert '"2.1.0"' in (work / "ssot-migrate.sarif").read_text()

    script, environment = action_step("Check", diff="main")
    assert shell(script, work, GITHUB_STEP_SUMMARY=str(summary), **environment).returncode == 0


@pytest.mark.parametrize("name", ["baseline", "diff", "path"])
def test_an_input_is_never_code(work: Path, tmp_path: Path, name: str) -> None:
    """Whatever a workflow passes on from a branch's name or a title, no shell runs it."""
    script, environment = action_step("Check", **{name: STRANGE})
    shell(script, work, GITHUB_STEP_SUMMARY=str(tmp_path / "summary"), **environment)
    assert not (work / "pwned").exists()


def test_the_gitlab_job_reports_and_fails(work: Path) -> None:
    """Its script leaves a JUnit report behind and ends as ``check`` does."""
    job = loaded(TEMPLATE)["ssot-migrate"]
    done = shell("\n".join(job["script"]), work, **job["variables"])

    assert done.returncode == 7
    (report,) = job["artifacts"]["reports"].values()
    assert ElementTree.parse(work / report).getroot().find(".//failure") is not None


@pytest.mark.heavy
@pytest.mark.parametrize("step", ["action", "template"])
def test_the_installing_steps_install(tmp_path: Path, step: str) -> None:
    """In an empty environment, what the forge installs is the command."""
    subprocess.run([sys.executable, "-m", "venv", str(tmp_path / "venv")], check=True)
    programs = tmp_path / "venv" / "bin"
    if step == "action":
        script, environment = action_step("Install ssot-migrate")
    else:
        script, environment = "\n".join(loaded(TEMPLATE)["ssot-migrate"]["before_script"]), {}
        environment["SSOT_MIGRATE"] = str(ROOT)
    path = os.pathsep.join((str(programs), os.environ["PATH"]))
    done = shell(f"{script}\nssot-migrate --version", tmp_path, **environment, PATH=path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("ssot-migrate, version ")


@pytest.mark.heavy
def test_pre_commit_runs_the_hooks(work: Path, tmp_path: Path) -> None:
    """``pre-commit try-repo`` installs them; one fails on what is staged, one on what no baseline accepts."""
    home = {"PRE_COMMIT_HOME": str(tmp_path / "pre-commit"), "SSOT_MIGRATE_CACHE": str(tmp_path / "cache")}

    def hook(name: str) -> str:
        command = [sys.executable, "-m", "pre_commit", "try-repo", str(ROOT), name, "--verbose"]
        done = subprocess.run(
            command, cwd=work, env={**os.environ, **home}, capture_output=True, text=True, check=False
        )
        return done.stdout + done.stderr

    (work / "other.py").write_text("VALUE = 1\n")
    git(work, "add", "-A")
    assert "Passed" in hook("ssot-migrate")
    failed = hook("ssot-migrate-baseline")
    assert "Failed" in failed
    assert "config.py:3: direct-env-access" in failed
    (work / "other.py").write_text(LEGACY)
    git(work, "add", "-A")
    failed = hook("ssot-migrate")
    assert "exit code: 7" in failed
    assert "other.py:3: direct-env-access" in failed
    assert "config.py" not in failed
