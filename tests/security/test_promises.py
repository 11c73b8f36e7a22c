"""Every promise of SECURITY.md has a test, by name."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_promise_names_tests_that_exist() -> None:
    """A promise without a test is a hope."""
    rows = re.findall(r"^\| ([A-Z].*?) \| (.*) \|$", (ROOT / "SECURITY.md").read_text("utf-8"), re.MULTILINE)
    promises = {
        promise: re.findall(r"`(test_\w+)`", tests) for promise, tests in rows if promise != "Promise"
    }
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(promises) > 5
    assert [promise for promise, tests in promises.items() if not tests] == []
    named = {test for tests in promises.values() for test in tests}
    assert [test for test in sorted(named) if f"def {test}(" not in sources] == []
