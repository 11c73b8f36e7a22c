"""Where rules are listed, explained, completed or reported, those of the repository are among them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode
from tests.custom.conftest import Make, Run
from tests.custom.test_described_rules import FETCH, MODULES
from tests.custom.test_packages_of_rules import EXTEND, RULES, TEST, package

__all__ = ["package"]
USE = {"tests/test_it.py": "from legacy.http import fetch\n\n\ndef test_it():\n    assert fetch('u')\n"}
WHY = 'why = "The old helper has no owner."\n'


def test_rules_of_the_settings_are_listed_and_explained(make: Make, run: Run) -> None:
    """By name and by id, from within the repository or by ``--repo``; elsewhere only shipped ones."""
    root = make(FETCH + WHY, USE)
    listed = run("rules").stdout
    assert "SSOT901  legacy-fetch" in listed
    assert "SSOT201" in listed
    assert {"id": "SSOT901", "slug": "legacy-fetch", "summary": "the retired HTTP helper"} in json.loads(
        run("rules", "--format", "json").stdout
    )
    page = run("explain", "legacy-fetch").stdout
    assert "The old helper has no owner." in page
    assert run("explain", "SSOT901").stdout == page
    outside = root.parent / "elsewhere"
    outside.mkdir()
    assert "legacy-fetch" not in run("rules", "--repo", str(outside)).stdout
    assert run("explain", "legacy-fetch", "--repo", str(outside)).returncode == ExitCode.USAGE


def test_settings_that_make_no_sense_end_the_list(make: Make, run: Run) -> None:
    """The message names the file."""
    make(FETCH.replace('from = "legacy.http.fetch"\n', ""), {})
    for command in (("rules",), ("explain", "SSOT201")):
        done = run(*command)
        assert done.returncode == ExitCode.USAGE
        assert "ssot.toml" in done.stderr


def test_a_package_is_listed_only_where_it_is_trusted(make: Make, run: Run, package: Path) -> None:
    """Else the list says whom it did not ask, and the package's code does not run."""
    make(EXTEND, TEST)
    done = run("rules")
    assert done.returncode == ExitCode.OK
    assert "direct-sleep" not in done.stdout
    assert "--trust acme_rules" in done.stderr
    assert not (package / "ran").exists()
    assert "direct-sleep" in run("rules", "--trust", "acme_rules").stdout
    assert "Sleeps in tests." in run("explain", "direct-sleep", "--trust", "acme_rules").stdout


@pytest.mark.parametrize("command", ["plan", "check"])
def test_sarif_has_the_page_of_each_rule(make: Make, run: Run, package: Path, command: str) -> None:
    """Of described ones as of those in Python."""
    make(EXTEND + FETCH + WHY, {**MODULES, **USE, "tests/test_two.py": TEST["tests/test_it.py"]})
    done = run(command, "--format", "sarif", "--trust", "acme_rules")
    rules = json.loads(done.stdout)["runs"][0]["tool"]["driver"]["rules"]
    help_texts = {rule["id"]: rule["help"]["text"] for rule in rules}
    assert "The old helper has no owner." in help_texts["legacy-fetch"]
    assert help_texts["direct-sleep"] == "Sleeps in tests."


def completed(root: Path, words: str, **environment: str) -> list[str]:
    """What bash is offered after ``words``, by the protocol of the shipped completion script."""
    count = len(words.split(" ")) - 1
    asked = {"COMP_WORDS": words, "COMP_CWORD": str(count), "_SSOT_MIGRATE_COMPLETE": "bash_complete"}
    script = Path(sys.executable).with_name("ssot-migrate")
    path = f"{script.parent}:/usr/bin:/bin"
    done = subprocess.run(
        [str(script)],
        cwd=root,
        env={"PATH": path, **asked, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return re.findall(r"^plain,(.*)$", done.stdout, re.MULTILINE)


def test_completion_knows_the_rules_of_the_repository(make: Make, tmp_path: Path) -> None:
    """For ``--rule`` and ``explain``; no package runs for it, and broken settings offer nothing."""
    root = make(EXTEND + FETCH, {"acme_rules/__init__.py": RULES})
    assert completed(root, "ssot-migrate explain legacy-") == ["legacy-base-class", "legacy-fetch"]
    assert completed(root, "ssot-migrate plan --rule legacy-f") == ["legacy-fetch"]
    assert completed(root, "ssot-migrate explain direct-s") == []
    assert not (root / "acme_rules/ran").exists()
    (root / "ssot.toml").write_text("custom = 1\n")
    assert completed(root, "ssot-migrate explain legacy-") == []
