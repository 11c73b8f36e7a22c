"""Classes with parts that could never run: refused at definition, or caught when run; others are let be."""

from __future__ import annotations

import asyncio
import types
import unittest
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import pytest

from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase, SSotPytestCase

T = TypeVar("T")
BASES = [SSotBaseTestCase, SSotAsyncTestCase]


def told(case: type[unittest.TestCase]) -> str:
    """Run the tests of a class as unittest does: all that the result says of errors and failures."""
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return "\n".join(text for _, text in [*result.errors, *result.failures])


async def never_awaited(self: object) -> None:
    """Stand for a test or a hook whose body must never count as run."""
    pytest.fail("ran after all")


async def yields(self: object) -> Any:  # noqa: ANN401
    """Stand for a test that somebody took for a fixture."""
    yield


def plain(self: object) -> None:
    """Stand for a test."""


@pytest.mark.parametrize(
    ("base", "body", "named"),
    [
        (SSotBaseTestCase, {"test_a": never_awaited}, "async test test_a"),
        (SSotBaseTestCase, {"test_a": yields}, "async test test_a"),
        (SSotAsyncTestCase, {"test_a": yields}, "async test test_a"),
        (SSotBaseTestCase, {"setUp": never_awaited}, "async setUp"),
        (SSotAsyncTestCase, {"tearDown": never_awaited}, "async tearDown"),
        (SSotAsyncTestCase, {"setUpClass": classmethod(never_awaited)}, "async setUpClass"),
        (SSotBaseTestCase, {"test_a": plain, "asyncSetUp": never_awaited}, "nobody would call asyncSetUp"),
        (SSotPytestCase, {"test_a": plain, "setUp": plain}, "nobody would call setUp"),
        (SSotPytestCase, {"test_a": plain, "tearDownClass": plain}, "nobody would call tearDownClass"),
        (SSotPytestCase, {"setup_method": never_awaited}, "async setup_method"),
        (SSotBaseTestCase, {"setup_method": never_awaited}, "async setup_method"),
        (SSotAsyncTestCase, {"teardown_method": never_awaited}, "async teardown_method"),
    ],
)
def test_what_could_never_run_is_refused_at_definition(base: type, body: dict[str, Any], named: str) -> None:
    """The class is an error that names class, member and what to do, also through a mixin."""
    with pytest.raises(TypeError, match=f"Case: {named}.*; use "):
        type("Case", (base,), body)
    mixin = type("Mixin", (), body)
    for bases in ((mixin, base), (base, mixin)):
        if not any(hasattr(base, name) for name in body) or bases[0] is mixin:
            with pytest.raises(TypeError, match=named):
                type("Case", bases, {})


class Converts:
    """A team's own way to await: async tests become plain ones once the class is there."""

    def __init_subclass__(cls, **options: object) -> None:
        """Convert the tests."""
        super().__init_subclass__(**options)
        for name in [name for name in dir(cls) if name.startswith("test")]:
            test = getattr(cls, name)
            setattr(cls, name, lambda self, test=test: asyncio.run(test(self)))


class ConvertingMeta(type):
    """Another way to do so."""


@pytest.mark.skip
async def skipped_by_pytest(self: object) -> None:
    """Stand for an async test that nobody wants to run."""


def calls_set_up(self: Any) -> None:  # noqa: ANN401
    """Stand for a pytest hook that hands on."""
    self.setUp()


@pytest.mark.parametrize(
    ("bases", "body"),
    [
        ((SSotBaseTestCase,), {"setUp": plain, "test_a": plain, "helper": never_awaited}),
        ((SSotAsyncTestCase,), {"asyncSetUp": never_awaited, "test_a": never_awaited}),
        ((SSotBaseTestCase, unittest.IsolatedAsyncioTestCase), {"test_a": never_awaited}),
        ((unittest.IsolatedAsyncioTestCase, SSotBaseTestCase), {"test_a": never_awaited}),
        ((SSotBaseTestCase,), {"test_a": unittest.skip("later")(never_awaited)}),
        ((SSotBaseTestCase,), {"test_a": skipped_by_pytest}),
        ((SSotBaseTestCase,), {"test_a": never_awaited, "run": plain}),
        ((Converts, SSotBaseTestCase), {"test_a": never_awaited}),
        ((ConvertingMeta("Made", (SSotBaseTestCase,), {}),), {"test_a": never_awaited}),
        ((SSotBaseTestCase,), {"test_a": never_awaited, "__test__": False}),
        ((SSotPytestCase,), {"test_a": plain, "setUp": plain, "setup_method": calls_set_up}),
        ((SSotPytestCase,), {"test_a": plain, "setUp": pytest.fixture(autouse=True)(plain)}),
        ((SSotPytestCase,), {"setUp": plain}),
        ((SSotPytestCase, unittest.TestCase), {"test_a": plain, "setUp": plain}),
    ],
)
def test_what_is_fine_is_not_refused(bases: tuple[type, ...], body: dict[str, Any]) -> None:
    """Classes whose tests and hooks do get called are made."""
    assert issubclass(types.new_class("Case", bases, {}, lambda namespace: namespace.update(body)), bases)


@pytest.mark.parametrize("base", BASES)
def test_a_generic_case_is_still_checked(base: type[Any]) -> None:
    """A type parameter is no reason to let an async hook pass."""
    with pytest.raises(TypeError, match="async setUp"):

        class Case(base, Generic[T]):  # type: ignore[misc]
            async def setUp(self) -> None:
                pytest.fail("ran after all")


@pytest.mark.parametrize("base", BASES)
def test_a_coroutine_from_a_plain_function_is_an_error(base: type[Any]) -> None:
    """What a definition cannot show is caught when the test runs: it never passes unawaited."""
    bodies: list[Callable[..., object]] = [lambda self: never_awaited(self), lambda self: yields(self)]
    for body in bodies:
        assert "would never be awaited" in told(type("Case", (base,), {"test_hidden": body}))
    late = type("Case", (SSotBaseTestCase,), {"test_late": plain})
    late.test_late = never_awaited  # type: ignore[attr-defined]
    assert "would never be awaited" in told(late)


def test_an_async_cleanup_of_a_sync_test_is_an_error() -> None:
    """A cleanup that nobody awaits has not cleaned."""

    class Case(SSotBaseTestCase):
        def test_a(self) -> None:
            self.add_cleanup(never_awaited, self)

    assert "would never be awaited" in told(Case)
