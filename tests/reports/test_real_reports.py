"""The reports that ``apply`` writes of a real repository whose code holds secrets and hostile names."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from jsonschema import validate

from ssot_migrate.workflow import Request, apply_plan, make_plan

CODE = """\
import os


def read_{n}():
    return os.environ.get("`|@team <b>{n}", password="correct-horse-battery")


os.environ["TOKEN"] = "ghp_0123456789abcdefghijABCDEFGHIJ"
"""


@pytest.fixture
def reports(tmp_path: Path) -> list[Path]:
    """The report folders of all branches."""
    root = tmp_path / "repo"
    (root / "api" / "t`est|s").mkdir(parents=True)
    for number in range(12):
        (root / "api" / "t`est|s" / f"f{number}.py").write_text(CODE.format(n=number))
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    request = Request(path=str(root), include_review=True)
    applied = apply_plan(make_plan(request, lambda *_: None), request)
    return [Path(written.report) for written in applied.branches]


def test_every_branch_has_all_reports(reports: list[Path]) -> None:
    """The JSON is what the shipped schema says, and the groups of all reports are the same."""
    schema = json.loads((files("ssot_migrate.reports") / "report.schema.json").read_text("utf-8"))
    found = {folder.name: json.loads((folder / "report.json").read_text("utf-8")) for folder in reports}
    assert sorted(found) == ["api", "foundation"]
    for folder in reports:
        validate(found[folder.name], schema)
        assert (folder / "report.html").read_text("utf-8").startswith("<!doctype html>")
    groups = found["api"]["groups"]
    assert (
        sum(group["count"] for group in groups) == sum(rule["sites"] for rule in found["api"]["rules"]) == 24
    )
    page = next(folder for folder in reports if folder.name == "api") / "report.html"
    assert all(f"group/{group['id']}" in page.read_text("utf-8") for group in groups)


def test_no_report_but_the_patch_has_secrets(reports: list[Path]) -> None:
    """Tokens and passwords are dots in what is shown around; the patch must apply, and has them."""
    folder = next(folder for folder in reports if folder.name == "api")
    for name in ("report.md", "report.json", "report.html"):
        text = (folder / name).read_text("utf-8")
        assert "correct-horse" not in text
        assert "ghp_" not in text
    assert "\N{BULLET}\N{BULLET}" in (folder / "report.md").read_text("utf-8")
    assert b"correct-horse" in (folder / "changes.patch").read_bytes()


def test_a_problem_is_told_by_the_branch_of_its_service(tmp_path: Path) -> None:
    """Also where nothing was found in the file; the first branch tells of services that have none."""
    root = tmp_path / "repo"
    broken = 'import os\n\n\ndef f(:\n    os.environ["A"]\n'
    for service in ("api", "shop", "web"):
        (root / service).mkdir(parents=True)
        (root / service / "__init__.py").write_text("")
        (root / service / "broken.py").write_text(broken)
    for service in ("api", "shop"):
        (root / service / "config.py").write_text('import os\n\nA = os.environ["A"]\n')
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    request = Request(path=str(root), include_review=True, rules=("direct-env-access",))
    plan = make_plan(request, lambda *_: None)
    folders = [Path(written.report) for written in apply_plan(plan, request).branches]
    told = {
        folder.name: [
            problem["path"] for problem in json.loads((folder / "report.json").read_text())["problems"]
        ]
        for folder in folders
    }
    assert told == {
        "foundation": ["web/broken.py"],
        "api": ["api/broken.py"],
        "shop": ["shop/broken.py"],
    }
    assert "`web/broken.py` (parse)" in (folders[0] / "report.md").read_text("utf-8")
    assert "web/broken.py" in (folders[0] / "report.html").read_text("utf-8")
