"""Copies of a base: which become aliases, of which one, and what speaks against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

Findings = Callable[[Mapping[str, str]], dict[str, str]]
Rewritten = Callable[..., dict[str, str]]

METHOD = "    def check(self, value):\n        self.assertTrue(value)\n"


def base(name: str, body: str = METHOD, head: str = "import unittest\n") -> str:
    """A module with one base on unittest's own."""
    return f"{head}\n\nclass {name}(unittest.TestCase):\n{body}"


def heir(*bases: str) -> str:
    """A test module whose classes derive from ``module.Name`` each."""
    imports = "".join(f"from svc.tests.{b.partition('.')[0]} import {b.partition('.')[2]}\n" for b in bases)
    return imports + "".join(
        f"\n\nclass Test{n}({b.partition('.')[2]}):\n    def test_a(self):\n        pass\n"
        for n, b in enumerate(bases)
    )


def service(old: str, new: str = "", heirs: str = "") -> dict[str, str]:
    """A service with two bases in two modules, each with an heir."""
    return {
        "svc/__init__.py": "",
        "svc/tests/__init__.py": "",
        "svc/tests/new.py": new or base("New"),
        "svc/tests/old.py": old,
        "svc/tests/test_heirs.py": heirs or heir("new.New", "new.New", "old.Old"),
    }


def test_the_copy_with_fewer_heirs_becomes_an_alias(rewritten: Rewritten) -> None:
    """The definition goes, its name stays, and the dates count from the base commit."""
    after = rewritten(service(base("Old")))
    assert after["svc/tests/new.py"].endswith(f"class New(SSotBaseTestCase):\n{METHOD}")
    old = after["svc/tests/old.py"]
    assert "from svc.tests.new import New\n" in old
    assert "import unittest" not in old
    assert 'Old = deprecated_alias("Old", New, owner="svc", since="' in old


def test_an_empty_base_becomes_an_alias_of_the_target(rewritten: Rewritten) -> None:
    """What adds nothing is another name of the shared base, for async cases too."""
    empty = base("Old", '    """Doc."""\n')
    asynchronous = "import unittest\n\n\nclass New(unittest.IsolatedAsyncioTestCase):\n    pass\n"
    after = rewritten(service(empty, asynchronous))
    assert '("Old", SSotBaseTestCase, ' in after["svc/tests/old.py"]
    assert '(\n    "New",\n    SSotAsyncTestCase,\n' in after["svc/tests/new.py"]


def test_copies_further_down_a_chain_are_aliased_too(rewritten: Rewritten) -> None:
    """Two equal bases on one base of the team: the roots need not be unittest's."""
    files = {
        "svc/__init__.py": "",
        "svc/tests/__init__.py": "",
        "svc/tests/root.py": base("Root", "    limit = 3\n"),
        "svc/tests/new.py": f"from svc.tests.root import Root\n\n\nclass New(Root):\n{METHOD}",
        "svc/tests/old.py": f"from svc.tests.root import Root\n\n\nclass Old(Root):\n{METHOD}",
        "svc/tests/test_heirs.py": heir("new.New", "new.New", "old.Old"),
    }
    after = rewritten(files)
    assert '("Old", New, ' in after["svc/tests/old.py"]
    assert "class" not in after["svc/tests/old.py"]
    assert after["svc/tests/new.py"] == files["svc/tests/new.py"]


@pytest.mark.parametrize(
    "body",
    [
        METHOD.replace("True", "False"),
        METHOD + "    limit = 2\n",
        "    seen = []\n" + METHOD,
        "    def check(self, value, seen=[]):\n        self.assertTrue(value)\n",
        "    def check(self, value):\n        self.assertTrue(helper(value))\n",
        "    def check(self, value):\n        global done\n        self.assertTrue(value)\n",
        "    def check(self, value):\n        self.assertTrue(__file__)\n",
        "    @wraps\n    def check(self, value):\n        self.assertTrue(value)\n",
        "    if True:\n        def check(self, value):\n            self.assertTrue(value)\n",
        "    def check(self, value):\n        from . import x\n        self.assertTrue(value)\n",
        "    def check(self, value):\n        self.__value = value\n",
    ],
)
def test_what_may_differ_is_no_copy(rewritten: Rewritten, body: str) -> None:
    """A body that is not provably the same, in its own words and in what they mean, stays a class."""
    head = "import unittest\n\n\ndef helper(value):\n    return value\n\n\ndef wraps(f):\n    return f\n"
    same = body if body != METHOD.replace("True", "False") else METHOD
    same = METHOD if same == METHOD + "    limit = 2\n" else same
    after = rewritten(service(base("Old", body, head), base("New", same, head)))
    assert f"class Old(SSotBaseTestCase):\n{body}" in after["svc/tests/old.py"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"svc/tests/old.py": base("Old", "    # why\n" + METHOD)}, "its comments would be lost"),
        ({"svc/tests/test_heirs.py": heir("new.New", "new.New")}, ""),
        ({"pytest.ini": "[pytest]\nfilterwarnings = error\n"}, "turn that into a failure"),
        ({"svc/tests/new.py": base("New") + "\n\nprint('loaded')\n"}, "does more than define"),
        ({"svc/tests/new.py": "from svc.tests import old\n" + base("New")}, "imports this one"),
        ({"svc/tests/old.py": base("Old").replace("class", "@mark\nclass")}, ""),
    ],
)
def test_what_speaks_against_an_alias_is_said(findings: Findings, change: dict[str, str], said: str) -> None:
    """The base is migrated as a class then, and the note tells why the copy stays."""
    found = findings(service(base("Old")) | change)
    (message,) = (m for place, m in found.items() if place.startswith("svc/tests/old.py"))
    assert message.startswith("changed (safe): ")
    assert said in message
    assert "becomes" not in message


def test_a_copy_with_tests_is_no_alias(rewritten: Rewritten) -> None:
    """Tests of a base are collected under its own name; an alias must not touch them."""
    body = "    def test_shared(self):\n        pass\n"
    after = rewritten(service(base("Old", body), base("New", body)))
    assert "class Old(SSotBaseTestCase):" in after["svc/tests/old.py"]


def test_inherited_tests_count_as_well(rewritten: Rewritten) -> None:
    """A base between that has tests by its own base is collected, too."""
    files = service(
        f"from svc.tests.root import Root\n\n\nclass Old(Root):\n{METHOD}",
        f"from svc.tests.root import Root\n\n\nclass New(Root):\n{METHOD}",
    )
    files["svc/tests/root.py"] = base("Root", "    def test_root(self):\n        pass\n")
    assert rewritten(files)["svc/tests/old.py"] == files["svc/tests/old.py"]


def test_copies_in_two_services_are_named_not_joined(findings: Findings) -> None:
    """Which team should own the one definition is for the teams to say."""
    files = service(base("Other", "    limit = 1\n")) | {
        "web/__init__.py": "",
        "web/base.py": base("Web"),
        "web/test_web.py": "from web.base import Web\n\n\nclass TestWeb(Web):\n    pass\n",
    }
    found = findings(files)
    assert found["web/base.py:4"].endswith(
        "Web of web and New in svc/tests/new.py say the same; one shared module could hold it"
    )


def test_an_heir_of_both_copies_must_keep_its_order(rewritten: Rewritten) -> None:
    """Where a class derives from the original before the copy, an alias could not stand behind it."""
    heirs = (
        "from svc.tests.new import New\nfrom svc.tests.old import Old\n\n\n"
        "class TestA(New, Old):\n    def test_a(self):\n        pass\n\n\nclass TestB(New):\n    pass\n"
    )
    assert "class Old(SSotBaseTestCase)" in rewritten(service(base("Old"), heirs=heirs))["svc/tests/old.py"]


def test_a_copy_above_the_original_stays(rewritten: Rewritten) -> None:
    """In one file the alias must find the original already defined."""
    text = base("Old") + base("New", head="\n")
    files = service(text, "x = 1\n", heirs=heir("old.New", "old.New", "old.Old"))
    assert "class Old(SSotBaseTestCase)" in rewritten(files)["svc/tests/old.py"]


def test_the_owner_is_quoted_whatever_it_is(rewritten: Rewritten) -> None:
    """An owner with quotes and letters of any script becomes one ASCII literal."""
    owner = 'owner = "A \\"team\\" – Ω"\n'
    old = rewritten(service(base("Old")) | {"ssot.toml": owner})["svc/tests/old.py"]
    assert "owner='A \"team\" \\u2013 \\u03a9'" in old
