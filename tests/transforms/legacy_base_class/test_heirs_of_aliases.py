"""Classes below a base that becomes an alias: which go on to what it stands for, and which stay."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

Findings = Callable[[Mapping[str, str]], dict[str, str]]
Rewritten = Callable[..., dict[str, str]]

TEST = "    def test_a(self):\n        self.assertEqual(1, 1)\n"
HEIR = f"from svc.tests.bases import OldTestCase\n\n\nclass TestA(OldTestCase):\n{TEST}"
BASES = "import unittest\n\n\nclass OldTestCase(unittest.TestCase):\n    pass\n"
OLD = {
    "svc/__init__.py": "",
    "svc/tests/__init__.py": "",
    "svc/tests/bases.py": BASES,
    "svc/tests/test_a.py": HEIR,
}
ALIAS = "OldTestCase = deprecated_alias("
STAYS = "class TestA(OldTestCase):\n"


def test_heirs_of_an_empty_base_go_to_the_target(rewritten: Rewritten) -> None:
    """The import of the alias goes with its last use; the alias stays for whoever else may use it."""
    after = rewritten(OLD)
    assert ALIAS in after["svc/tests/bases.py"]
    moved = HEIR.replace("svc.tests.bases", "test_framework.ssot.base_test_case")
    assert after["svc/tests/test_a.py"] == moved.replace("OldTestCase", "SSotBaseTestCase")


def test_heirs_of_a_copy_go_to_the_original(rewritten: Rewritten) -> None:
    """Under the name by which their own file can import it, whatever they call the copy."""
    check = "    def check(self, value):\n        self.assertTrue(value)\n"
    files = OLD | {
        "svc/tests/bases.py": BASES.replace("    pass\n", check),
        "svc/tests/more.py": BASES.replace("    pass\n", check).replace("OldTestCase", "MoreTestCase"),
        "svc/tests/test_a.py": HEIR.replace("OldTestCase\n", "OldTestCase as Case\n")
        .replace("(Old", "(")
        .replace("(TestCase)", "(Case, Mixin)")
        .replace("\n\n\nclass", "\n\n\nclass Mixin:\n    kind = 'TestCase'\n\n\nclass"),
    }
    for n in range(2):
        files[f"svc/tests/test_more{n}.py"] = HEIR.replace("bases", "more").replace("Old", "More")
    after = rewritten(files)
    assert "class TestA(MoreTestCase, Mixin):" in after["svc/tests/test_a.py"]
    assert "from svc.tests.more import MoreTestCase\n" in after["svc/tests/test_a.py"]
    assert "Case as Case" not in after["svc/tests/test_a.py"]
    assert after["svc/tests/test_more0.py"] == files["svc/tests/test_more0.py"]


def test_heirs_by_way_of_the_module_go_on_as_well(rewritten: Rewritten) -> None:
    """The import goes with its last use; who imports the module and names no base is no obstacle."""
    heir = f"from svc.tests import bases\n\n\nclass TestA(bases.OldTestCase):\n{TEST}"
    other = "from svc.tests import bases\n\n\ndef test_loaded():\n    assert bases.__name__\n"
    files = OLD | {"svc/tests/test_a.py": heir, "svc/tests/test_b.py": other}
    after = rewritten(files)
    target = "from test_framework.ssot.base_test_case import SSotBaseTestCase\n"
    assert after["svc/tests/test_a.py"] == f"{target}\n\nclass TestA(SSotBaseTestCase):\n{TEST}"
    assert after["svc/tests/test_b.py"] == other


def test_an_heir_in_the_bases_own_file_moves_on(rewritten: Rewritten) -> None:
    """It needs no import of the alias, and the class between keeps its heirs."""
    between = "\n\nclass ShopTestCase(OldTestCase):\n    shop = 1\n"
    shop = HEIR.replace("OldTestCase", "ShopTestCase")
    after = rewritten(OLD | {"svc/tests/bases.py": BASES + between, "svc/tests/test_b.py": shop})
    assert "class ShopTestCase(SSotBaseTestCase):\n    shop = 1\n" in after["svc/tests/bases.py"]
    assert ALIAS in after["svc/tests/bases.py"]
    assert after["svc/tests/test_b.py"] == shop


@pytest.mark.parametrize(
    "change",
    [
        {"svc/tests/test_a.py": f"{HEIR}\n    def test_b(self):\n        super(OldTestCase, self).setUp()\n"},
        {"svc/tests/test_b.py": "from svc.tests.bases import OldTestCase\n\nKINDS = [OldTestCase]\n"},
        {"svc/tests/test_b.py": "from svc.tests import bases\n\nKINDS = [bases.OldTestCase]\n"},
        {"svc/tests/test_b.py": "import svc.tests.bases as b\n\nKINDS = [b.OldTestCase]\n"},
        {"svc/tests/__init__.py": "from svc.tests import bases\n"},
        {"svc/tests/test_b.py": "from svc.tests.bases import *\n\nKINDS = [OldTestCase]\n"},
        {"svc/tests/test_b.py": "from bases import OldTestCase\n\nKINDS = [OldTestCase]\n"},
        {"svc/tests/bases.py": f"{BASES}\n\nKINDS = [OldTestCase]\n"},
        {"svc/tests/test_a.py": f"{HEIR}\n\nHERE = globals()\n"},
    ],
    ids=[
        "super",
        "registry",
        "module",
        "module alias",
        "package",
        "star",
        "other spelling",
        "own file",
        "its own names",
    ],
)
def test_what_else_is_said_of_the_base_keeps_its_heirs(rewritten: Rewritten, change: dict[str, str]) -> None:
    """Somebody may ask for its instances, and nobody but its heirs are any."""
    after = rewritten(OLD | change)
    assert STAYS in after["svc/tests/test_a.py"]
    assert ALIAS in after["svc/tests/bases.py"]


def test_heirs_of_a_base_that_stays_stay(findings: Findings) -> None:
    """A team that allows its own base has not asked for its heirs to leave it."""
    mark = "# ssot" + ": allow[legacy-base-class] ours"
    allowed = BASES.replace(":\n    pass", f":  {mark}\n    pass")
    found = findings(OLD | {"svc/tests/bases.py": allowed})
    assert found == {"svc/tests/bases.py:4": "suppressed: ours"}


def test_an_heir_waits_for_what_its_base_waits_for(findings: Findings) -> None:
    """The alias is for review where the heir defines what the target has as well, and so is the move."""
    heir = HEIR.replace("test_a", "get_env")
    found = findings(OLD | {"svc/tests/test_a.py": heir})
    assert {place: said.partition(":")[0] for place, said in found.items()} == {
        "svc/tests/bases.py:4": "held",
        "svc/tests/test_a.py:4": "held",
    }


def test_a_second_plan_has_nothing_to_do(rewritten: Rewritten, findings: Findings) -> None:
    """Also for a class that stayed on the alias."""
    stays = HEIR.replace("TestA", "TestB") + "\n\nKINDS = [OldTestCase]\n"
    assert findings(rewritten(OLD | {"svc/tests/test_b.py": stays})) == {}
