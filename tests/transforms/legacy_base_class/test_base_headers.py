"""Class headers: what is replaced, what stays, and what is only named."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

Findings = Callable[[Mapping[str, str]], dict[str, str]]
Rewritten = Callable[..., dict[str, str]]

IMPORT = "from test_framework.ssot.base_test_case import SSotBaseTestCase\n"
ASYNC = "from test_framework.ssot.base_test_case import SSotAsyncTestCase\n"
BODY = "    def test_one(self):\n        pass\n"


@pytest.mark.parametrize(
    ("head", "base", "new_head", "new_base"),
    [
        ("import unittest\n", "unittest.TestCase", IMPORT, "SSotBaseTestCase"),
        ("import unittest as ut\n", "ut.TestCase", IMPORT, "SSotBaseTestCase"),
        ("from unittest import TestCase as TC\n", "TC", IMPORT, "SSotBaseTestCase"),
        ("import unittest.case\n", "unittest.case.TestCase", IMPORT, "SSotBaseTestCase"),
        (
            "from unittest import IsolatedAsyncioTestCase\n",
            "IsolatedAsyncioTestCase",
            ASYNC,
            "SSotAsyncTestCase",
        ),
        (
            "import unittest.async_case\n",
            "unittest.async_case.IsolatedAsyncioTestCase",
            ASYNC,
            "SSotAsyncTestCase",
        ),
        ("import unittest\n", "unittest . TestCase , object", IMPORT, "SSotBaseTestCase , object"),
    ],
)
def test_a_base_is_replaced_under_whatever_name(
    rewritten: Rewritten, head: str, base: str, new_head: str, new_base: str
) -> None:
    """Only the base expression and the import that it needed change."""
    before = f'"""Doc."""\n{head}\n\nclass A({base}):\n{BODY}'
    after = f'"""Doc."""\n{new_head}\n\nclass A({new_base}):\n{BODY}'
    assert rewritten({"tests/test_a.py": before})["tests/test_a.py"] == after


def test_a_base_reached_through_another_file_is_replaced(rewritten: Rewritten) -> None:
    """A re-export in a package and an alias in a module lead to unittest all the same."""
    files = {
        "compat/__init__.py": "from compat.cases import Base, unittest\n",
        "compat/cases.py": "import unittest\n\nBase = unittest.TestCase\n",
        "tests/test_a.py": f"from compat import Base\n\n\nclass TestA(Base):\n{BODY}",
        "tests/test_b.py": f"import compat\n\n\nclass TestB(compat.unittest.TestCase):\n{BODY}",
    }
    after = rewritten(files)
    assert after["tests/test_a.py"] == f"{IMPORT}\n\nclass TestA(SSotBaseTestCase):\n{BODY}"
    assert after["tests/test_b.py"] == f"{IMPORT}\n\nclass TestB(SSotBaseTestCase):\n{BODY}"
    assert after["compat/cases.py"] == files["compat/cases.py"]


def test_a_name_that_is_taken_gets_another(rewritten: Rewritten) -> None:
    """Where the file has a class of the target's name, the import goes under another one."""
    text = "import unittest\n\n\nclass SSotBaseTestCase(unittest.TestCase):\n    limit = 1\n"
    after = rewritten({"tests/test_a.py": text})["tests/test_a.py"]
    assert "import SSotBaseTestCase as ssot_SSotBaseTestCase\n" in after
    assert "class SSotBaseTestCase(ssot_SSotBaseTestCase):\n" in after


def test_an_import_that_others_take_stays(rewritten: Rewritten) -> None:
    """What another file imports from here, by name or by star, is not dropped."""
    files = {
        "tests/one.py": f"from unittest import TestCase\n\n\nclass One(TestCase):\n{BODY}",
        "tests/two.py": f"import unittest\n\n\nclass Two(unittest.TestCase):\n{BODY}",
        "tests/test_a.py": "from tests.one import TestCase\nfrom tests.two import *\n\nx = TestCase\n",
    }
    after = rewritten(files)
    assert "from unittest import TestCase\n" in after["tests/one.py"]
    assert "import unittest\n" in after["tests/two.py"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "try:\n    import unittest2 as u\nexcept E:\n    import unittest as u\nclass A(u.TestCase): pass",
            "cannot be told",
        ),
        ("import unittest, six\nclass A(six.with_metaclass(M, unittest.TestCase)): pass", "computed"),
        ("import unittest\ndef f():\n    class A(unittest.TestCase): pass", "inside a function"),
        ("import unittest\nA = type('A', (unittest.TestCase,), {})", "made by a call"),
        ("import unittest\nunittest.FunctionTestCase(f)", "no counterpart"),
        ("import unittest\nclass A(unittest.FunctionTestCase): pass", "no counterpart"),
        ("from django.test import TestCase\nclass A(TestCase): pass", "django"),
        ("from twisted.trial import unittest\nclass A(unittest.TestCase): pass", "twisted"),
        ("from rest_framework.test import APITestCase\nclass A(APITestCase): pass", "rest_framework"),
        ("import unittest, x\nclass A(x.Helper, unittest.TestCase): pass", "x.Helper"),
        ("import unittest\nclass A(*BASES, unittest.TestCase): pass", "an expression"),
        (
            "import unittest\nif X:\n    class A(unittest.TestCase): pass\nelse:\n    class A(object): pass",
            "more than once",
        ),
        ("from a import *\nfrom b import *\nclass A(TestCase): pass", "cannot be told"),
    ],
)
def test_what_cannot_be_told_is_advice(findings: Findings, text: str, said: str) -> None:
    """Each is named with its reason, and nothing is edited."""
    found = findings({"tests/test_a.py": f"{text}\n"})
    assert [message for message in found.values() if message.startswith("advice") and said in message]
    assert not [message for message in found.values() if message.startswith(("changed", "held"))]


def test_a_file_that_goes_through_its_own_names_is_for_review(findings: Findings) -> None:
    """What collects classes from a module's names would find the imported base among them."""
    text = "import unittest\nclass A(unittest.TestCase): pass\ncases = [c for c in globals().values()]\n"
    assert findings({"tests/test_a.py": text})["tests/test_a.py:2"].startswith("held: it goes through")


@pytest.mark.parametrize(
    "text",
    [
        "class TestPlain:\n    def test_a(self, tmp_path): pass",
        "class TestPlain(object):\n    def test_a(self): pass",
        "import unittest\nisinstance(x, unittest.TestCase)",
        "import unittest\ndef f(case: unittest.TestCase): return unittest.TestCase()",
        "S = 'class A(unittest.TestCase): pass'",
        "from pydantic import BaseModel\nclass TestSettings(BaseModel): pass",
        "def make(base):\n    class Test(base):\n        def test_a(self): pass\n    return Test",
    ],
)
def test_what_is_no_test_case_is_silent(findings: Findings, text: str) -> None:
    """Plain classes, values, types, strings and classes of other kinds are no findings."""
    assert findings({"tests/test_a.py": f"{text}\n"}) == {}


def test_who_looks_at_the_bases_of_its_own_class_waits(findings: Findings) -> None:
    """What it finds there is another base than before; the bases of other things are not its own."""
    text = (
        "import unittest\n\n\nclass A(unittest.TestCase):\n    def test_a(self):\n"
        "        check(type(self), unittest.TestCase.__mro__)\n\n\n"
        "class B(unittest.TestCase):\n    def test_b(self):\n        check(Other.__bases__)\n"
    )
    found = findings({"tests/test_a.py": text})
    assert "held: it looks at the bases" in found["tests/test_a.py:4"]
    assert found["tests/test_a.py:9"].startswith("changed (safe)")


def test_a_case_by_way_of_a_module_that_hands_unittest_on(rewritten: Rewritten) -> None:
    """It is unittest's own; an import that another rule edits as well is not dropped at the same time."""
    text = "from tests.compat import unittest\n\n\nclass A(unittest.TestCase):\n    x = 1\n"
    files = {"tests/__init__.py": "", "tests/compat.py": "import unittest  # noqa\n", "tests/test_a.py": text}
    assert "class A(SSotBaseTestCase)" in rewritten(files)["tests/test_a.py"]
