"""Whether unittest would await what a method is, under one base or another."""

from __future__ import annotations

from ssot_migrate.index.scan import MethodFact

_HOOKS = ("setUp", "tearDown", "setUpClass", "tearDownClass")
_ASYNC_HOOKS = ("asyncSetUp", "asyncTearDown")
# Decorators that leave an async test a coroutine function.
_LEAVE_ASYNC = ("unittest.", "mock.", "pytest.mark.")


def objection_to(method: MethodFact, *, awaits: bool) -> tuple[bool, str] | None:
    """What speaks against a method, and whether that rules an edit out; ``awaits``: its case awaits tests."""
    if method.name in _HOOKS and method.is_async:
        return True, "is async and never awaited"
    if method.name in _ASYNC_HOOKS and not awaits:
        return True, "is never called: the class is no IsolatedAsyncioTestCase"
    if not method.name.startswith("test"):
        return None
    if not method.is_async:
        return (False, "returns a value, which must be no awaitable") if method.returns else None
    known = all(decorator.startswith(_LEAVE_ASYNC) for decorator in method.decorators)
    if method.yields and known:
        return True, "is an async generator, which never runs"
    if awaits:
        return None if known else (False, "is async under a decorator that may hide it")
    if known:
        return (
            True,
            "is async and never ran: unittest.TestCase does not await it, so it passed whatever it says",
        )
    return False, "is async under a decorator that must run it"
