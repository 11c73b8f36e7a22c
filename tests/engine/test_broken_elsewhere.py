"""A file that is broken where no rule looks is found broken when it would be changed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ssot_migrate.findings import State
from ssot_migrate.workflow import Request, make_plan

READ = 'import os\n\n\ndef read():\n    return os.environ["HOME"]\n'
MOCK = "from unittest.mock import Mock\n\n\ndef test_a():\n    assert Mock().a\n"
BROKEN = "\n\ndef broken():\n    x = = 1\n    return x\n"


@pytest.mark.parametrize(
    ("path", "text", "rule"),
    [("app/a.py", READ, "direct-env-access"), ("tests/test_a.py", MOCK, "ad-hoc-mock")],
)
def test_a_result_that_does_not_parse_is_never_written(
    tmp_path: Path, path: str, text: str, rule: str
) -> None:
    """Neither by edits that are proven by their own lines; without the break they are made."""
    for name, code in ((path, text), (path.replace("a.py", "b.py"), text + BROKEN)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code)
        (tmp_path / name).with_name("__init__.py").touch()
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    plan = make_plan(Request(str(tmp_path), rules=(rule,), include_review=True), lambda *_: None)
    found = {finding.path: finding for finding in plan.findings}
    assert found[path].state is State.CHANGED
    broken = found[path.replace("a.py", "b.py")]
    assert broken.state is State.GATED
    assert "parse: " in broken.message
    assert broken.path not in {file.path for file in plan.files}
