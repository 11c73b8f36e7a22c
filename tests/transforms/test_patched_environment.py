"""What a test patches by name keeps that name: the whole mapping, a method of it, or a function."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_migrate.findings import State
from ssot_migrate.workflow import Request, make_plan
from ssot_migrate.workflow.golden import repository

APP = 'import os\n\n\ndef read():\n    return os.environ.get("A"), os.getenv("B"), os.environ["C"]\n'
TEST = "from unittest.mock import patch\n\nimport app\n\n\n@patch({target!r})\ndef test_it(got):\n    pass\n"
HELD = {"os.environ.get": [1, 1, 0], "os.environ.pop": [0, 0, 0], "os.getenv": [0, 1, 0]}
HELD |= {"app.os.environ.get": [1, 0, 1], "app.os.getenv": [0, 1, 0]}


@pytest.mark.parametrize("target", HELD)
def test_patches_hold_what_they_replace(target: str, tmp_path: Path) -> None:
    """``os.getenv`` calls ``os.environ.get``; a patch in one module holds the name there and nowhere else."""
    before = tmp_path / "before"
    (before / "tests").mkdir(parents=True)
    (before / "app.py").write_text(APP, "utf-8")
    (before / "tests" / "test_app.py").write_text(TEST.format(target=target), "utf-8")
    repository(before, tmp_path / "repo")
    request = Request(path=str(tmp_path / "repo"), rules=("direct-env-access",), use_cache=False)
    plan = make_plan(request, lambda *progress: None)
    found = sorted((f.span, f.state) for f in plan.findings if f.path == "app.py")
    assert [state is State.HELD for _, state in found] == [bool(held) for held in HELD[target]]


CONFTEST = """import os

import pytest


@pytest.fixture(name="monkeypatch")
def aware(monkeypatch):
    yield monkeypatch
    if any(obj {asks} for obj, name, _ in monkeypatch._setitem):
        monkeypatch.undo()
"""
SETS = 'def test_it(monkeypatch):\n    monkeypatch.setenv("A", "1")\n'


@pytest.mark.parametrize(("asks", "state"), [("is os.environ", State.HELD), ("is None", State.CHANGED)])
def test_a_monkeypatch_that_looks_at_what_it_changed(asks: str, state: State, tmp_path: Path) -> None:
    """A fixture that asks whether the environment was changed would not see the accessor as such."""
    (tmp_path / "before" / "tests").mkdir(parents=True)
    (tmp_path / "before" / "conftest.py").write_text(CONFTEST.format(asks=asks), "utf-8")
    (tmp_path / "before" / "tests" / "test_it.py").write_text(SETS, "utf-8")
    repository(tmp_path / "before", tmp_path / "repo")
    request = Request(path=str(tmp_path / "repo"), rules=("direct-env-access",), use_cache=False)
    plan = make_plan(request, lambda *progress: None)
    assert [f.state for f in plan.findings if f.kind == "setenv"] == [state]
