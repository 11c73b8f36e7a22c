"""What is kept of the repository as a whole: its configuration, its names, its doubles."""

from __future__ import annotations

from collections.abc import Callable

from ssot_migrate.findings import Finding

Changed = Callable[..., list[Finding]]

LEGACY = "import unittest\n\n\nclass CartTest(unittest.TestCase):\n    def test_a(self):\n        pass\n"
MOCK = """class MockCart:
    def add(self, item):
        self.items.append(item)

    def {name}(self):
        return {result}
"""


def messages(findings: list[Finding], path: str) -> str:
    """All that is said of a file."""
    return "\n".join(finding.message for finding in findings if finding.path == path)


def test_new_settings_of_pytest_are_seen(changed: Changed) -> None:
    """Where tests are loaded without the root on the path, they can no longer import from there."""
    files = {"conftest.py": "", "tests/test_cart.py": LEGACY, "pytest.ini": "[pytest]\n"}
    before = changed("2026-01-01", **files)
    after = changed("2026-01-01", **{"pytest.ini": "[pytest]\naddopts = --import-mode=importlib\n"})
    assert messages(before, "tests/test_cart.py") != messages(after, "tests/test_cart.py")
    assert "pytest settings" in messages(after, "tests/test_cart.py")


def test_the_nearest_double_is_looked_for_among_those_that_there_are(changed: Changed) -> None:
    """A double that comes, becomes another, or is none any more."""
    own = MOCK.format(name="total", result=1)
    alone = changed("2026-01-01", **{"conftest.py": "", "tests/test_cart.py": own})
    near = changed("2026-01-01", **{"tests/test_more.py": MOCK.format(name="sum", result=2)})
    assert "no other double" in messages(alone, "tests/test_cart.py")
    assert "tests/test_more.py:1" in messages(near, "tests/test_cart.py")
    moved = changed("2026-01-01", **{"tests/test_more.py": "# moved\n" + MOCK.format(name="sum", result=2)})
    assert "tests/test_more.py:2" in messages(moved, "tests/test_cart.py")
    other = changed("2026-01-01", **{"tests/test_more.py": "class Cart:\n    pass\n"})
    assert messages(other, "tests/test_cart.py") == messages(alone, "tests/test_cart.py")


def test_a_base_that_becomes_a_test_case_is_seen(changed: Changed) -> None:
    """A file that has not changed belongs to the family from then on, and no longer when that is undone."""
    heir = "from tests.base import Base\n\n\nclass CartTest(Base):\n    def test_a(self):\n        pass\n"
    plain = "import unittest\n\n\nclass Base:\n    def setUp(self):\n        self.items = []\n"
    before = changed("2026-01-01", **{"conftest.py": "", "tests/base.py": plain, "tests/test_cart.py": heir})
    case = plain.replace("class Base:", "class Base(unittest.TestCase):")
    after = changed("2026-01-01", **{"tests/base.py": case})
    assert "legacy-base-class" not in {finding.rule for finding in before}
    assert "legacy-base-class" in {finding.rule for finding in after}
    assert changed("2026-01-01", **{"tests/base.py": plain}) == before
