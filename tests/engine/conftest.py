"""A repository that changes from plan to plan."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.findings import Finding
from ssot_migrate.workflow import Request, make_plan


@pytest.fixture
def changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Finding]]:
    """Commit files on a day; the findings of a plan from what is remembered, proven to be those without."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)

    def commit(day: str, **texts: str) -> list[Finding]:
        for path, text in texts.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00+0000")
        for arguments in (["add", "-A"], ["commit", "-q", "-m", day]):
            subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
        remembered, anew = (
            make_plan(Request(str(tmp_path), include_review=True, use_cache=cached), lambda *_: None)
            for cached in (True, False)
        )
        assert remembered == anew
        return list(remembered.findings)

    return commit
