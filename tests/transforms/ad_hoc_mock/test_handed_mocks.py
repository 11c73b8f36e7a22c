"""Mocks are followed through re-exports, aliases, stars and conditional imports; what is unclear is named."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.workflow import Request, make_plan

TEST = "from tests.helpers import {0}\n\n\ndef test_it():\n    assert {0}()\n"
FAKE = "class MockThing:\n    def run(self, task):\n        return [task, task]\n"
EITHER = "try:\n    from mock import Mock{0}\nexcept ImportError:\n    from unittest.mock import Mock{0}\n"
IF = (
    "import sys\n\nif sys.argv:\n    from unittest.mock import Mock{0}\n"
    "else:\n    from tests.fakes import MockThing as {1}\n"
)
MOCK, PLAIN = "from unittest.mock import Mock\n", "from unittest.mock import Mock as Plain\n"
Say = Callable[[Mapping[str, str]], list[str]]


@pytest.fixture
def say(tmp_path: Path) -> Say:
    """Commit files, and give what the rule says of each."""

    def said(files: Mapping[str, str]) -> list[str]:
        for path, text in {
            "conftest.py": "",
            "tests/__init__.py": "",
            "tests/fakes.py": FAKE,
            **files,
        }.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
            subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)
        plan = make_plan(Request(str(tmp_path), rules=("ad-hoc-mock",), use_cache=False), lambda *_: None)
        found = (f"{f.path}:{f.line}: {f.state.value}: {f.message}" for f in plan.findings)
        return [line for line in found if "no other double" not in line]

    return said


@pytest.mark.parametrize(
    "helpers",
    [
        {"tests/helpers.py": MOCK},
        {"tests/helpers/__init__.py": "from .deep import Mock\n", "tests/helpers/deep.py": MOCK},
        {
            "tests/helpers/__init__.py": "from .deep import *\n",
            "tests/helpers/deep.py": MOCK + "__all__ = ['Mock']\n",
        },
        {"tests/helpers.py": "import unittest.mock\n\nMock = unittest.mock.Mock\n"},
    ],
    ids=["re-export", "package", "star", "alias"],
)
def test_under_its_own_name_the_call_changes(say: Say, helpers: Mapping[str, str]) -> None:
    """Whatever it was handed on by, the name means the standard mock."""
    found = say({**helpers, "tests/test_a.py": TEST.format("Mock")})
    assert [line.split(": ")[:2] for line in found] == [["tests/test_a.py:5", "changed"]]


@pytest.mark.parametrize(
    "helpers",
    [
        {"tests/helpers.py": PLAIN},
        {"tests/helpers.py": MOCK + "\nPlain = Mock\n"},
        {"tests/helpers/__init__.py": "from tests.deep import Plain\n", "tests/deep.py": PLAIN},
        {
            "tests/helpers/__init__.py": "from tests.deep import *\n",
            "tests/deep.py": PLAIN + "__all__ = ['Plain']\n",
        },
    ],
    ids=["import", "alias", "package", "star"],
)
def test_under_another_name_its_takers_are_named(say: Say, helpers: Mapping[str, str]) -> None:
    """One finding, where the name is given, with the test that calls it."""
    (found,) = say({**helpers, "tests/test_a.py": TEST.format("Plain")})
    assert "Plain is unittest.mock.Mock, taken under this name by" in found
    assert "tests/test_a.py" in found


@pytest.mark.parametrize(
    ("helpers", "name"),
    [
        ("from unittest.mock import Mock as Plain\n", "Other"),
        ("from unittest.mock import Mock as Plain\n__all__ = ['Other']\n", "*"),
    ],
    ids=["another name", "a star without it"],
)
def test_a_name_that_nobody_takes(say: Say, helpers: str, name: str) -> None:
    """Of a name for the module's own use nothing is said."""
    more = "Other = 1\n"
    assert (
        say({"tests/helpers.py": helpers + more, "tests/test_a.py": f"from tests.helpers import {name}\n"})
        == []
    )


@pytest.mark.parametrize(
    ("text", "both"),
    [
        (EITHER.format(" as Plain"), ("mock.Mock", "unittest.mock.Mock")),
        (IF.format(" as Plain", "Plain"), ("tests.fakes.MockThing", "unittest.mock.Mock")),
    ],
    ids=["try", "if"],
)
def test_a_name_that_may_be_two_things_is_advice_with_both(
    say: Say, text: str, both: tuple[str, str]
) -> None:
    """Handed on under another name: told where it is given."""
    (found,) = say({"tests/helpers.py": text, "tests/test_a.py": TEST.format("Plain")})
    assert f"Plain is one of two things, {' or '.join(both)}" in found


@pytest.mark.parametrize(
    ("text", "both"),
    [
        (EITHER.format(""), ("mock.Mock", "unittest.mock.Mock")),
        (IF.format("", "Mock"), ("tests.fakes.MockThing", "unittest.mock.Mock")),
    ],
    ids=["try", "if"],
)
@pytest.mark.parametrize("near", [True, False], ids=["in the file", "from elsewhere"])
def test_a_call_of_two_things_is_advice_with_both(
    say: Say, text: str, both: tuple[str, str], near: bool
) -> None:
    """Under its own name: told at the call, which stays."""
    call = "\n\ndef test_it():\n    assert Mock()\n"
    files = {"tests/test_a.py": text + call} if near else {
        "tests/helpers.py": text, "tests/test_a.py": f"from tests.helpers import Mock\n{call}"
    }  # fmt: skip
    (found,) = say(files)
    assert "tests/test_a.py" in found.split(":")[0]
    assert ": advice: " in found
    assert all(name in found for name in both)


def test_a_class_on_a_base_that_was_handed_on_is_told_to_be_the_same(say: Say) -> None:
    """Its base is spelled by another module, so it is no exact copy, but all of its methods are shared."""
    body = "class MockJob(MockThing):\n    def stop(self, how):\n        return [how, 1]\n"
    derived = "from tests.{} import {}\n\n\n" + body
    found = say(
        {
            "tests/handed/__init__.py": "from tests.fakes import *\n__all__ = ['MockThing']\n",
            "tests/jobs.py": derived.format("fakes", "MockThing"),
            "tests/test_a.py": derived.format("handed", "MockThing"),
        }
    )
    assert any(line.startswith("tests/test_a.py") and "tests/jobs.py:4, 100%" in line for line in found)
