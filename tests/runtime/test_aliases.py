"""Deprecated aliases: they warn where the user's line is, and are in all else the class they name."""

from __future__ import annotations

import abc
import pickle
import subprocess
import unittest
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar, cast
from unittest.mock import MagicMock

import pytest

from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import (
    AsyncTestCase,
    BaseIntegrationTest,
    BaseTestCase,
    SSotAsyncTestCase,
    SSotBaseTestCase,
)

RunPython = Callable[..., subprocess.CompletedProcess[str]]
T = TypeVar("T")


def alias(target: type[T], name: str = "Old") -> Any:  # noqa: ANN401 - mypy follows no computed base
    """An alias as migrated code makes it."""
    return deprecated_alias(name, target, owner="team-a", since="2026-01-01", until="2026-07-01")


class Kept:
    """A canonical class with state."""

    def __init__(self, value: int = 0) -> None:
        """Keep the value."""
        self.value = value


class Bare:
    """A canonical class without an initialiser."""


class Pair(NamedTuple):
    """A canonical class made by ``__new__``."""

    left: int
    right: int


PickledKept = alias(Kept, "PickledKept")


def told(action: Callable[[], object]) -> list[warnings.WarningMessage]:
    """The warnings that an action emits."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        action()
    return caught


@contextmanager
def ignored() -> Iterator[None]:
    """Let deprecations pass."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def test_making_the_alias_is_silent() -> None:
    """Only use warns, not definition, so that an import is never noisy."""
    assert told(lambda: alias(Kept)) == []


@pytest.mark.parametrize(("target", "args"), [(Kept, (3,)), (Bare, ()), (Pair, (1, 2)), (MagicMock, ())])
def test_use_warns_at_the_users_line(target: type, args: tuple[int, ...]) -> None:
    """Subclassing and instantiating warn once each; the text names target, owner and dates."""
    old = alias(target)
    for action in (lambda: old(*args), lambda: type("Heir", (old,), {})):
        (warning,) = told(action)
        assert warning.category is DeprecationWarning
        assert warning.filename == __file__
        text = str(warning.message)
        assert all(part in text for part in (target.__qualname__, "team-a", "2026-01-01", "2026-07-01"))


def test_an_heir_is_a_class_like_any_other() -> None:
    """Neither its instances nor its own heirs warn; initialisers, mixins and ABCs work."""
    old, bare = alias(Kept), alias(Bare)
    with ignored():
        heir = type("Heir", (old,), {})
        abstract = abc.ABCMeta("Abstract", (old,), {"x": 1})
        mixed = type("Mixed", (bare, Kept), {})

    def use() -> None:
        assert (
            heir(5).value
            == type("Grandchild", (heir,), {})(5).value
            == abstract(5).value
            == mixed(5).value
            == 5
        )

    assert told(use) == []
    assert heir.__init__ is Kept.__init__  # type: ignore[misc]


def test_relations_hold() -> None:
    """What is an alias's is the target's; name, module and pickles are those of the user's module."""
    old = PickledKept
    assert issubclass(old, Kept)
    assert (old.__name__, old.__qualname__, old.__module__) == ("PickledKept", "PickledKept", __name__)
    with ignored():
        thing = old(4)
        assert isinstance(thing, Kept)
        assert isinstance(thing, old)
        assert type(thing) is old
    copy = cast("Kept", pickle.loads(pickle.dumps(thing)))
    assert (type(copy), copy.value) == (old, 4)
    with pytest.raises(TypeError), ignored():
        alias(Bare)(1)


def test_a_generic_target_stays_generic() -> None:
    """Subscription works on the alias as on the target."""

    class Box(Generic[T]):
        """A generic class."""

    assert alias(Box)[int].__args__ == (int,)


def test_the_framework_s_own_aliases() -> None:
    """The names that legacy code knows are the bases they stand for."""
    assert issubclass(BaseTestCase, SSotBaseTestCase)
    assert issubclass(BaseIntegrationTest, SSotBaseTestCase)
    assert issubclass(AsyncTestCase, SSotAsyncTestCase)
    with pytest.warns(DeprecationWarning, match="SSotBaseTestCase"):
        case = type("Case", (BaseTestCase,), {"test_a": lambda self: self.set_env_var("SSOT_A", "1")})
    suite = unittest.defaultTestLoader.loadTestsFromTestCase(case)
    assert told(lambda: suite.run(unittest.TestResult())) == []

    async def never_awaited(self: object) -> None:
        """Stand for an async test."""

    with pytest.raises(TypeError, match="never be awaited"):
        type("Case", (BaseTestCase,), {"test_a": never_awaited})


MODULE = """
import pytest
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase, SSotPytestCase

TERM = dict(owner="x", since="2026-01-01", until="2026-07-01")

class Helper:
    def value(self): return 1

class TestCanonical:
    def test_here(self): pass

class CanonicalCase(SSotBaseTestCase):
    def test_case(self): pass

TestAlias = deprecated_alias("TestAlias", TestCanonical, **TERM)
CaseAlias = deprecated_alias("CaseAlias", CanonicalCase, **TERM)
BaseAlias = deprecated_alias("BaseAlias", SSotBaseTestCase, **TERM)
PlainAlias = deprecated_alias("PlainAlias", SSotPytestCase, **TERM)
HelperAlias = deprecated_alias("HelperAlias", Helper, **TERM)

class TestOfHelper(HelperAlias):
    def test_value(self): assert self.value() == 1

class TestOfPlain(PlainAlias):
    def test_plain(self): self.set_env_var("SSOT_A", "1")

class OfBase(BaseAlias):
    def test_base(self): pass
"""


def test_aliases_neither_lose_nor_gain_tests(run_python: RunPython, tmp_path: Path) -> None:
    """An alias is collected exactly where its target would be, and never hides an heir's tests."""
    (tmp_path / "test_module.py").write_text(MODULE)
    done = run_python("-m", "pytest", "-q", "--collect-only", "-p", "no:cacheprovider")
    found = sorted(
        line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line and " " not in line
    )
    assert found == [
        "CanonicalCase::test_case",
        "CaseAlias::test_case",
        "OfBase::test_base",
        "TestAlias::test_here",
        "TestCanonical::test_here",
        "TestOfHelper::test_value",
        "TestOfPlain::test_plain",
    ]
    assert "7 passed" in run_python("-m", "pytest", "-q", "-p", "no:cacheprovider").stdout
