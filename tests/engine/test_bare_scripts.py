"""Executable files without a suffix: their first lines tell what they are read as."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ssot_migrate.engine.inventory import kind_by_first_line
from ssot_migrate.model import FileKind
from ssot_migrate.workflow import Request, make_plan

PYTHON = '#!/usr/bin/env python3\nimport os\n\nprint(os.environ["A"])\n'
SHELL = "#!/bin/sh\npytest tests\n"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("#!/usr/bin/python", FileKind.PYTHON),
        ("#!/usr/bin/env python3.12", FileKind.PYTHON),
        ("#! /usr/bin/env -S python3 -u", FileKind.PYTHON),
        ("#!/usr/bin/env -S A=b /opt/bin/python3", FileKind.PYTHON),
        ("#!/bin/bash -eu", FileKind.SHELL),
        ("#!/bin/sh\r", FileKind.SHELL),
        ("#!sh", FileKind.SHELL),
        ("#!/usr/bin/env perl", None),
        ("#!/usr/bin/pythonic", None),
        ("#!/usr/bin/fish", None),
        ("# !/bin/sh", None),
        ("\x7fELF", None),
        ("", None),
    ],
)
def test_the_interpreter_tells(line: str, kind: FileKind | None) -> None:
    """Python and Bourne-like shells, however they are named."""
    assert kind_by_first_line(f"{line}\nrest\n".encode()) is kind


def test_scripts_without_a_suffix_are_read(tmp_path: Path) -> None:
    """Only where they can be executed, are not excluded, and in a repository without a working tree too."""
    root = tmp_path / "repo"
    (root / "bin").mkdir(parents=True)
    texts = {"tool": PYTHON, "check": SHELL, "left": PYTHON, "other": "#!/usr/bin/perl\n", "idle": PYTHON}
    for name, text in texts.items():
        (root / "bin" / name).write_text(text, "utf-8")
        (root / "bin" / name).chmod(0o644 if name == "idle" else 0o755)
    (root / "ssot.toml").write_text('exclude = ["bin/left"]\n', "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    subprocess.run(["git", "clone", "-q", "--bare", str(root), str(tmp_path / "bare.git")], check=True)
    for place in (root, root, tmp_path / "bare.git"):
        plan = make_plan(Request(path=str(place)), lambda *progress: None)
        assert {finding.path: finding.rule for finding in plan.findings} == {
            "bin/check": "direct-runner",
            "bin/tool": "direct-env-access",
        }
        assert plan.problems == ()
