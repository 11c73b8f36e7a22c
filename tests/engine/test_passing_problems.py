"""What the machine did to a run is told, and not remembered against the file."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from ssot_migrate.engine.answer_cache import Asked
from ssot_migrate.engine.asker import Asker
from ssot_migrate.engine.decide import Decider
from ssot_migrate.engine.decision import FileDecision
from ssot_migrate.engine.inventory import Item
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import Source
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, make_plan

TEXT = 'import os\n\nA = os.environ["A"]\n'


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two legacy files, and a cache of its own."""
    monkeypatch.setenv("SSOT_MIGRATE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "repo/app").mkdir(parents=True)
    for name in ("__init__.py", "bad.py", "good.py"):
        (tmp_path / "repo/app" / name).write_text(TEXT if name != "__init__.py" else "")
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", *words], cwd=tmp_path / "repo", check=True)
    return tmp_path / "repo"


def plan(root: Path) -> tuple[Plan, set[str]]:
    """A plan in processes, and the paths in which it found something to change or hold."""
    request = Request(str(root), rules=("direct-env-access",), start_method="fork")
    made = make_plan(request, lambda *_: None)
    return made, {finding.path for finding in made.findings}


def die(path: str) -> None:
    """End this process if it looks at the bad file."""
    if path == "app/bad.py":
        os.kill(os.getpid(), signal.SIGKILL)


def scan_and_die(
    scanner: Scanner, source: Source, classes: bool = False, asked: Sequence[str] = ()
) -> FileScan:
    """A scan that the bad file kills."""
    die(source.path)
    return scan(scanner, source, classes, asked)


def decide_and_die(decider: Decider, source: Source, scan: FileScan) -> FileDecision:
    """A decision that the bad file kills."""
    die(source.path)
    return decide(decider, source, scan)


def ask_and_die(asker: Asker, items: Sequence[Item]) -> dict[str, Asked]:
    """Questions of which the bad file's kill."""
    for item in items:
        die(item.path)
    return ask(asker, items)


scan, decide, ask = Scanner.scan, Decider.decide, Asker.of


@pytest.mark.parametrize(
    ("kind", "name", "deadly"),
    [(Scanner, "scan", scan_and_die), (Asker, "of", ask_and_die), (Decider, "decide", decide_and_die)],
)
def test_a_killed_worker_is_a_problem_of_this_run_only(
    root: Path, kind: type, name: str, deadly: object
) -> None:
    """The plan names the file and does the rest; the next plan is whole, though nothing has changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, name, deadly)
        broken, found = plan(root)
    assert [(problem.path, problem.stage) for problem in broken.problems] == [("app/bad.py", "worker")]
    assert "SIGKILL" in broken.problems[0].message
    assert found == {"app/good.py"}
    whole, found = plan(root)
    assert whole.problems == ()
    assert found == {"app/good.py", "app/bad.py"}
    assert plan(root)[0] == whole
