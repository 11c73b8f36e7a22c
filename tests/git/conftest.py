"""Real repositories to work on, and plans for them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import pytest

from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan, PlannedEdit, RuleRef, Step, blob_id
from ssot_migrate.plans.outcome import AppliedFile, Branch
from ssot_migrate.plans.store import seal
from tests.git.branching import write_branches

RULES = (
    RuleRef("SSOT000", "runtime", "the runtime"),
    RuleRef("SSOT001", "environment", "one environment"),
    RuleRef("SSOT002", "mocks", "one factory"),
)
TWO_STEPS = {"environment": "import env\n", "mocks": "import env, mock\n"}
FILES = {
    "api/a.py": b"import os\n",
    "api/run.py": b"#!/bin/sh\r\n",
    "web/b.py": b"import os\n",
    "top.txt": b"",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the repository under test lies."""
    return tmp_path / "repository"


@pytest.fixture
def git(root: Path) -> Callable[..., str]:
    """Run git there: ``git("log", "-1")`` is its output."""

    def run(*arguments: str, stdin: bytes = b"") -> str:
        done = subprocess.run(["git", *arguments], cwd=root, input=stdin, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode(errors="surrogateescape").removesuffix("\n")

    return run


@pytest.fixture
def commit(root: Path, git: Callable[..., str]) -> Callable[..., str]:
    """Write files, commit everything there is, and give the commit."""

    def write(files: Mapping[str, bytes], message: str = "more") -> str:
        for name, data in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(data)
        git("add", "--all")
        git("commit", "--quiet", "--allow-empty", "-m", message)
        return git("rev-parse", "HEAD")

    return write


@pytest.fixture(params=["sha1"])
def repo(request: pytest.FixtureRequest, root: Path, commit: Callable[..., str]) -> Repository:
    """A repository with two services, an executable file with CRLF, and one commit."""
    root.mkdir()
    command = ["git", "init", "--quiet", "--initial-branch=main", f"--object-format={request.param}"]
    subprocess.run(command, cwd=root, check=True)
    commit({})
    (root / "api").mkdir()
    (root / "api" / "run.py").touch(mode=0o755)
    commit(FILES)
    return Repository.open(root)


@pytest.fixture
def plan_of(repo: Repository) -> Callable[..., Plan]:
    """Seal a plan: per path the text after each rule; the service is the top folder."""

    def make(
        texts: Mapping[str, Mapping[str, str]], foundation: Collection[str] = (), service: str = ""
    ) -> Plan:
        base = repo.head_commit()
        present = repo.read_files(base, texts)
        files = tuple(
            _file_plan(path, present.get(path), list(steps.items()), len(base), service, path in foundation)
            for path, steps in texts.items()
        )
        services = tuple({file.service for file in files})
        return seal(Plan(SCHEMA, "0.1.0", base, "bundled", RULES, services, files, (), (), (), ()))

    return make


@pytest.fixture
def plan(plan_of: Callable[..., Plan]) -> Plan:
    """Two services, two migrations, and a runtime that both stand on."""
    texts = {
        "shared/env.py": {"runtime": "env = 1\n"},
        "api/a.py": TWO_STEPS,
        "api/run.py": {"mocks": "#!/bin/sh\r\nmock\r\n"},
        "web/b.py": {"environment": "import env\n"},
    }
    return plan_of(texts, foundation={"shared/env.py"})


def _file_plan(
    path: str,
    present: tuple[bytes, str] | None,
    steps: Sequence[tuple[str, str]],
    width: int,
    service: str,
    foundation: bool,
) -> FilePlan:
    data, mode = present or (b"", "100644")
    return FilePlan(
        path,
        service or path.split("/")[0],
        blob_id(data, width) if present else "",
        tuple(Step(rule, blob_id(text.encode(), width)) for rule, text in steps),
        tuple(PlannedEdit(0, len(data), text, step, step) for step, (_, text) in enumerate(steps)),
        mode,
        foundation=foundation,
    )


@pytest.fixture
def apply(repo: Repository) -> Callable[..., tuple[Branch, ...]]:
    """Replay a plan on its base and write its branches."""

    def run(plan: Plan, services: Collection[str] | None = None, force: bool = False) -> tuple[Branch, ...]:
        base = repo.read_files(plan.base, [file.path for file in plan.files])
        return write_branches(repo, plan, replay(plan, base.get, services), services, force=force)

    return run


@pytest.fixture
def replayed(
    repo: Repository, plan_of: Callable[..., Plan]
) -> Callable[[Mapping[str, str]], tuple[AppliedFile, ...]]:
    """Plan and replay one migration: path to new text."""

    def run(texts: Mapping[str, str]) -> tuple[AppliedFile, ...]:
        plan = plan_of({path: {"mocks": text} for path, text in texts.items()})
        return replay(plan, repo.read_files(plan.base, texts).get).applied

    return run
