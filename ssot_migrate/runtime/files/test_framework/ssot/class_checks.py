"""Refuse a test class at its definition if something in it could never run, yet would seem to pass."""

from __future__ import annotations

import inspect
import unittest
from abc import ABCMeta
from types import CodeType

_UNITTEST_HOOKS = ("setUp", "tearDown", "setUpClass", "tearDownClass")
_ASYNC_HOOKS = ("asyncSetUp", "asyncTearDown")
_PYTEST_HOOKS = ("setup_method", "teardown_method", "setup_class", "teardown_class")
# Whoever overrides one of these may await what the standard machinery would not.
_MACHINERY = ("__init_subclass__", "__init__", "__getattribute__", "__call__", "run", "_callTestMethod")
_STANDARD = ("unittest.case", "unittest.async_case", "test_framework.ssot.aliases")


def check_unittest_case(case: type, base: type) -> None:
    """Raise TypeError if a ``TestCase`` has an async test or hook that nobody would await.

    ``base`` is the one whose overrides of the test machinery are known.
    """
    if case.__dict__.get("__test__") is False or _has_custom_machinery(case, base.__module__):
        return
    awaits = issubclass(case, unittest.IsolatedAsyncioTestCase)
    for name in _tests(case):
        method = inspect.getattr_static(case, name)
        if inspect.isasyncgenfunction(method) or (_is_async(method) and not awaits):
            _refuse(case, f"async test {name} would never be awaited", "SSotAsyncTestCase")
    _refuse_async(case, _UNITTEST_HOOKS + _PYTEST_HOOKS, "asyncSetUp and asyncTearDown")
    if not awaits:
        _refuse_uncalled(case, _ASYNC_HOOKS, "SSotAsyncTestCase")


def check_pytest_case(case: type) -> None:
    """Raise TypeError if a plain pytest class has a hook that pytest would not call or await."""
    if case.__dict__.get("__test__") is False or issubclass(case, unittest.TestCase):
        return
    _refuse_async(case, _PYTEST_HOOKS, "an async fixture")
    _refuse_uncalled(case, _UNITTEST_HOOKS + _ASYNC_HOOKS, "setup_method and teardown_method")


def _refuse_async(case: type, hooks: tuple[str, ...], instead: str) -> None:
    for name in hooks:
        if _is_async(inspect.getattr_static(case, name, None)):
            _refuse(case, f"async {name} would never be awaited", instead)


def _refuse_uncalled(case: type, hooks: tuple[str, ...], instead: str) -> None:
    if not _tests(case):
        return
    for name in hooks:
        if is_plain_function(inspect.getattr_static(case, name, None)) and not _mentioned(case, name):
            _refuse(case, f"nobody would call {name}", instead)


def _refuse(case: type, problem: str, instead: str) -> None:
    raise TypeError(f"{case.__module__}.{case.__qualname__}: {problem}; use {instead}")


def _tests(case: type) -> list[str]:
    tests = {name: getattr(case, name, None) for name in dir(case) if name.startswith("test")}
    return [name for name, test in tests.items() if callable(test) and not _skipped(test)]


def _skipped(test: object) -> bool:
    return any(getattr(mark, "name", "") == "skip" for mark in getattr(test, "pytestmark", ()))


def _is_async(member: object) -> bool:
    function = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
    return inspect.iscoroutinefunction(function) and is_plain_function(function)


def is_plain_function(member: object) -> bool:
    """Return whether it is a function, and not a pytest fixture: those are called."""
    function = member.__func__ if isinstance(member, (classmethod, staticmethod)) else member
    return inspect.isfunction(function) and not hasattr(function, "_pytestfixturefunction")


def _has_custom_machinery(case: type, own_module: str) -> bool:
    bases = [base for base in case.__mro__ if base.__module__ not in ("builtins", "typing")]
    found = (vars(base).get(name) for base in bases for name in _MACHINERY)
    functions = [getattr(member, "__func__", member) for member in found if member is not None]
    modules = {getattr(function, "__module__", None) for function in functions}
    # A metaclass may exchange tests, too, after the class has been made.
    return type(case) not in (type, ABCMeta) or not modules <= {own_module, *_STANDARD}


def _mentioned(case: type, hook: str) -> bool:
    """Return whether another function of the class speaks of the hook, hence may call it."""
    for base in case.__mro__:
        for name, member in vars(base).items():
            function = inspect.unwrap(member.__func__ if hasattr(member, "__func__") else member)
            code = getattr(function, "__code__", None)
            if name != hook and isinstance(code, CodeType) and hook in _names(code):
                return True
    return False


def _names(code: CodeType) -> set[str]:
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    return set(code.co_names).union(*(_names(const) for const in inner))
