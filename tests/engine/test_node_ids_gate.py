"""The gate on test ids."""

from __future__ import annotations

import pytest

from ssot_migrate.engine.gates.node_ids import changed_ids
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.index.project import Project
from ssot_migrate.index.pytest_settings import PytestSettings
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import FileKind, Role, Source
from ssot_migrate.transform import Transform

MODULE = "test_framework.ssot.base_test_case"
PATH = "test_framework/ssot/base_test_case.py"
CASE = Target(
    MODULE, "SSotBaseTestCase", PATH, exists=True, vendored=True, bases=("_CaseFeatures", "TestCase")
)
PYTEST_STYLE = Target(MODULE, "SSotBaseTestCase", PATH, exists=True, vendored=True)
BEFORE = """\
import unittest
class InvoiceCase(unittest.TestCase):
    def test_total(self): pass
"""
AFTER = f"""\
from {MODULE} import SSotBaseTestCase
class InvoiceCase(SSotBaseTestCase):
    def test_total(self): pass
"""
OTHER = "import unittest\nclass Other(unittest.TestCase):\n    def test_other(self): pass\n"


def gate(after: str, target: Target = CASE, settings: PytestSettings | None = None) -> str:
    """What the gate says of a file that becomes ``after``."""
    rule = Transform(id="SSOT999", slug="every-class", summary="", words=(), also=("class",), classes=True)
    sources = [
        Source(path, text.encode(), "0" * 40, FileKind.PYTHON)
        for path, text in (("tests/test_a.py", BEFORE), ("tests/other.py", OTHER))
    ]
    scans = [Scanner([rule]).scan(source) for source in sources]
    project = Project(pytest={"": settings or PytestSettings()})
    repo = Repository(scans, {Role.BASE_CASE: target}, project=project)
    return changed_ids(sources[0], scans[0], BEFORE.encode(), after.encode(), repo=repo)


def test_the_same_ids_pass() -> None:
    """A class on the new base that is a ``TestCase`` keeps its tests, whatever it is called."""
    assert gate(AFTER) == ""


def test_a_lost_id_is_named() -> None:
    """On a base that is no ``TestCase``, a class not named ``Test…`` is collected no more."""
    assert gate(AFTER, PYTEST_STYLE) == "node-ids: would lose the test InvoiceCase::test_total"


def test_the_projects_settings_decide() -> None:
    """Where ``python_classes`` takes the name, the plain class is collected as well."""
    assert gate(AFTER, PYTEST_STYLE, PytestSettings(python_classes=("*Case",))) == ""


def test_a_gained_id_is_named() -> None:
    """An import that brings another module's tests into this one is seen."""
    after = f"from tests.other import Other\n{AFTER}"
    assert gate(after) == "node-ids: would gain the test Other::test_other"


@pytest.mark.parametrize("after", ["class (", "class InvoiceCase(:\n    pass\n"])
def test_what_does_not_parse_is_another_gates_business(after: str) -> None:
    """A broken result is refused by the gate that parses."""
    assert gate(after) == ""
