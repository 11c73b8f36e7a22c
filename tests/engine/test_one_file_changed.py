"""A plan after a change of one file: what is remembered of the others is what would be found anew."""

from __future__ import annotations

from collections.abc import Callable

from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.findings import Finding, State
from ssot_migrate.model import FileKind, Safety, Source
from ssot_migrate.plans.model import blob_id

ALIAS = """from test_framework.ssot.aliases import deprecated_alias

OldCase = deprecated_alias("OldCase", object, owner="billing", since="2025-07-01", until="2025-12-31")
"""
PATCH = '''from unittest.mock import patch


def test_cart():
    """The cart asks for a price."""
    with patch("shop.price"):
        assert True
'''
FILES = {
    "lib/old.py": ALIAS,
    "lib/plain.py": "import os\n\nHOME = os.environ['HOME']\n",
    "shop.py": "def price():\n    return 1\n",
    "tests/test_cart.py": PATCH,
}


def of(findings: list[Finding], path: str) -> list[str]:
    """What is said of a file."""
    return [finding.message for finding in findings if finding.path == path]


def test_a_day_that_has_passed_is_seen(changed: Callable[..., list[Finding]]) -> None:
    """What was decided by the day is decided anew on another, though its own file is as it was."""
    before = changed("2025-12-30", **FILES)
    after = changed("2026-01-02", **{"lib/plain.py": FILES["lib/plain.py"] + "# touched\n"})
    assert of(before, "lib/old.py") != of(after, "lib/old.py")


def test_an_answer_is_that_of_the_text_as_it_is(changed: Callable[..., list[Finding]]) -> None:
    """A name that goes from, or comes back to, the file that is asked for it is missed, or is not."""
    there = changed("2026-01-01", **FILES)
    gone = changed("2026-01-01", **{"shop.py": "def cost():\n    return 1\n"})
    back = changed("2026-01-01", **{"shop.py": FILES["shop.py"]})
    assert not [said for said in of(there, "tests/test_cart.py") if "has no price" in said]
    assert [said for said in of(gone, "tests/test_cart.py") if "has no price" in said]
    assert back == there


def test_a_question_is_that_of_the_file_as_it_is(changed: Callable[..., list[Finding]]) -> None:
    """A file that asks for another name is told of that one."""
    changed("2026-01-01", **FILES)
    other = changed("2026-01-01", **{"tests/test_cart.py": PATCH.replace("shop.price", "shop.total")})
    assert [said for said in of(other, "tests/test_cart.py") if "has no total" in said]


HELPERS = "from unittest.mock import Mock\n\n\ndef make():\n    return Mock()\n"
MARKED = "import pytest\n\n\n@pytest.mark.integration\ndef test_real():\n    assert True\n"
LATE = MARKED.replace("    assert True", "    from tests.helpers import make\n\n    assert make()")


def test_an_import_in_a_function_of_another_file_is_seen(changed: Callable[..., list[Finding]]) -> None:
    """A helper that a marked test comes to use is decided anew, and again when it no longer does."""
    files = {"conftest.py": "", "tests/helpers.py": HELPERS, "tests/test_real.py": MARKED}
    alone = changed("2026-01-01", **files)
    used = changed("2026-01-01", **{"tests/test_real.py": LATE})
    assert any("is marked" in said for said in of(used, "tests/helpers.py"))
    assert changed("2026-01-01", **{"tests/test_real.py": MARKED}) == alone


def test_a_file_that_breaks_is_seen(changed: Callable[..., list[Finding]]) -> None:
    """A copy is no longer replaced as safe by an import of a module that loads what nobody can read."""
    helper = "def total(rows):\n" + "".join(f"    rows = [row + {n} for row in rows]\n" for n in range(6))
    helper += "    return rows\n"
    files = {"conftest.py": "", "tests/low.py": "A = 1\n", "tests/__init__.py": ""}
    files["tests/one.py"] = f"import tests.low\n\n\n{helper}"
    files["tests/two.py"] = helper
    files["tests/test_all.py"] = "from tests import one, two\n"
    whole = changed("2026-01-01", **files)
    broken = changed("2026-01-01", **{"tests/low.py": "def (:\n    environ\n"})
    assert [f.safety for f in whole if f.state is State.CHANGED] == [Safety.SAFE]
    assert Safety.SAFE not in {f.safety for f in broken if f.state is State.CHANGED}


def test_a_file_that_cannot_be_read_is_not_read_again() -> None:
    """All there is to know of its classes is known, so that no later run looks for them."""
    text = b"class TestCart(unittest.TestCase):\n    def (:\n"
    broken = Source("tests/test_cart.py", text, blob_id(text), FileKind.PYTHON)
    assert Scanner(find_rules(())).scan(broken, classes=True).classes_seen


def test_lines_that_moved_are_said_as_they_are(changed: Callable[..., list[Finding]]) -> None:
    """What names a line of another file is said anew when that line moves, whatever moves it."""
    helper = "def total(rows):\n" + "".join(f"    rows = [row + {n} for row in rows]\n" for n in range(6))
    helper += "    return rows\n"
    files = {"tests/test_one.py": f"def test_one():\n    pass\n\n\n{helper}", "tests/test_two.py": helper}
    before = changed("2026-01-01", **files, **{"conftest.py": ""})
    after = changed("2026-01-01", **{"tests/test_one.py": f"# moved\n{files['tests/test_one.py']}"})
    assert any("tests/test_one.py:5" in said for said in of(before, "tests/test_two.py"))
    assert any("tests/test_one.py:6" in said for said in of(after, "tests/test_two.py"))
