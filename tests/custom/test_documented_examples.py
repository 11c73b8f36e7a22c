"""What docs/custom-rules.md shows is what happens."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from ssot_migrate.engine.registry import all_rules
from ssot_migrate.errors import ExitCode
from tests.custom.conftest import Make, Run
from tests.custom.test_described_rules import MODULES

PAGE = (Path(__file__).parents[2] / "docs" / "custom-rules.md").read_text("utf-8")
SETTINGS, BEFORE, AFTER, PACKAGE, QUERY = re.findall(r"```(?:toml|python)\n(.*?)```", PAGE, re.DOTALL)
ALL = ("--include", "review")


def test_rules_in_the_settings(make: Make, run: Run) -> None:
    """Before becomes after, by the settings as they are printed."""
    legacy = {"legacy/__init__.py": "class DatabaseCase:\n    pass\n"}
    root = make(SETTINGS, {**MODULES, **legacy, "tests/test_it.py": BEFORE})
    assert run("apply", "--in-place", *ALL).returncode == ExitCode.OK
    assert (root / "tests/test_it.py").read_text() == AFTER


def test_a_rule_in_python(make: Make, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The package as printed finds what it says."""
    (tmp_path / "site" / "acme_rules").mkdir(parents=True)
    (tmp_path / "site" / "acme_rules" / "__init__.py").write_text(PACKAGE)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    all_rules.cache_clear()
    make('extend = ["acme_rules"]\n', {"tests/test_it.py": "import time\ntime.sleep(1)\n"})
    said = run("plan", "--trust", "acme_rules", "--format", "lines").stdout
    sys.modules.pop("acme_rules", None)
    assert said == "tests/test_it.py:2: direct-sleep: advice: wait for what you wait for\n"


def test_a_query(make: Make, run: Run, tmp_path: Path) -> None:
    """The script as printed is a plan that apply takes."""
    (tmp_path / "rename.py").write_text(QUERY)
    root = make("", {"lib.py": "def old_name():\n    pass\n"})
    plan = str(tmp_path / "rename.json")
    assert run("bowler", str(tmp_path / "rename.py"), "--out", plan).returncode == ExitCode.OK
    assert run("apply", "--plan", plan, "--in-place").returncode == ExitCode.OK
    assert (root / "lib.py").read_text() == "def new_name():\n    pass\n"
