"""The mock factory: standard mocks exactly as they are, products with behaviour that can be steered."""

from __future__ import annotations

import asyncio
import gc
import inspect
import weakref
from typing import Any
from unittest import mock

import pytest

from test_framework.ssot.layers import current_layers, running
from test_framework.ssot.mock_factory import (
    AGENT_EVENTS,
    MockFailureError,
    MockPolicyError,
    SSotMockFactory,
    get_mock_factory,
)

PRODUCTS = (
    "agent",
    "agent_service",
    "service_manager",
    "websocket",
    "database_session",
    "execution_context",
    "tool",
    "llm_client",
    "configuration",
    "user_context",
)
PAIRS = [
    ("create_mock", mock.Mock),
    ("create_magic_mock", mock.MagicMock),
    ("create_async_mock", mock.AsyncMock),
]


class Spec:
    """Something to be specified after."""

    attribute = 1

    def method(self, argument: int) -> int:
        """Return the argument."""
        return argument


@pytest.fixture
def factory() -> SSotMockFactory:
    """A factory of the test's own."""
    return SSotMockFactory(seed=1)


def behaviour(thing: Any) -> dict[str, object]:  # noqa: ANN401 - any mock
    """What code under test can tell of a mock."""
    return {
        "type": [kind.__name__ for kind in type(thing).__mro__],
        "class": repr(thing.__class__),
        "coroutine": inspect.iscoroutinefunction(thing),
        "dir": dir(thing),
        "child": type(getattr(thing, "method", None)).__mro__[1:],
        "sized": hasattr(type(thing), "__len__"),
        "repr": repr(thing).partition(" id=")[0],
    }


@pytest.mark.parametrize(("maker", "standard"), PAIRS)
@pytest.mark.parametrize(
    ("args", "kwargs"),
    [
        ((), {}),
        ((Spec,), {}),
        ((), {"spec": Spec}),
        ((), {"spec_set": Spec()}),
        ((), {"name": "named", "return_value": 3}),
        ((), {"wraps": Spec()}),
        ((), {"spec": ["method"], "method.return_value": 5}),
    ],
)
def test_a_standard_mock_is_the_standard_mock(
    maker: str, standard: type, args: tuple[Any, ...], kwargs: dict[str, Any], factory: SSotMockFactory
) -> None:
    """Type, spec, children, name and signature are those of the class called by hand."""
    ours, theirs = getattr(factory, maker)(*args, **kwargs), standard(*args, **kwargs)
    assert isinstance(ours, standard)
    assert isinstance(ours, Spec) == isinstance(theirs, Spec)
    assert behaviour(ours) == behaviour(theirs)


def test_side_effects_and_calls_are_the_mock_s_own(factory: SSotMockFactory) -> None:
    """``side_effect`` and call assertions work, and the factory keeps no mock alive."""
    made = factory.create_mock(side_effect=[1, ValueError])
    assert made(2) == 1
    with pytest.raises(ValueError):  # noqa: PT011 - the mock's own
        made()
    made.assert_any_call(2)
    assert asyncio.run(factory.create_async_mock(return_value=4)()) == 4
    watched = weakref.ref(made)
    del made
    gc.collect()
    assert watched() is None


def test_one_factory_for_the_process() -> None:
    """Every caller gets the same."""
    assert get_mock_factory() is get_mock_factory()


def test_the_class_makes_what_the_process_s_factory_makes() -> None:
    """Called on the class, a maker counts with the factory of the process and follows its policy."""
    before = get_mock_factory().get_metrics()["created"].get("tool", 0)
    assert SSotMockFactory.create_tool_mock("search").name == "search"
    assert isinstance(SSotMockFactory.create_mock(spec=Spec), Spec)
    assert set(SSotMockFactory.create_mock_suite(["agent"])) == {"agent"}
    assert get_mock_factory().get_metrics()["created"]["tool"] == before + 1
    with running({"e2e"}), pytest.raises(MockPolicyError):
        SSotMockFactory.create_agent_mock()


def test_an_agent_emits_its_events_in_order(factory: SSotMockFactory) -> None:
    """The socket gets the five events; state and metrics follow."""
    socket = factory.create_websocket_mock(user_id="u1")
    agent = factory.create_agent_mock("triage", execution_result="done", websocket=socket)
    assert agent.state == "idle"
    answer = asyncio.run(agent.execute("request"))
    assert answer == {"status": "completed", "agent_type": "triage", "result": "done"}
    assert tuple(message["type"] for message in socket.sent_messages) == AGENT_EVENTS
    assert (agent.state, socket.user_id) == ("completed", "u1")
    agent.execute.assert_awaited_once_with("request")
    metrics = factory.get_metrics()
    assert metrics["calls"] == {"agent.execute": 1, "websocket.send_json": 5}
    assert metrics["states"] == {"running": 1, "completed": 1}
    assert metrics["created"] == {"websocket": 1, "agent": 1}
    factory.reset()
    assert not any(factory.get_metrics().values())


def test_failures_are_seeded(factory: SSotMockFactory) -> None:
    """The same seed fails the same calls; failures are counted; a failed agent says so."""

    def failures(seed: int) -> list[bool]:
        factory.configure(failure_rate=0.5, seed=seed)
        tool = factory.create_tool_mock(execution_result=1)

        async def fails() -> bool:
            try:
                await tool.execute()
            except MockFailureError:
                return True
            return False

        return [asyncio.run(fails()) for _ in range(20)]

    first = failures(7)
    assert first == failures(7) != failures(8)
    assert 0 < sum(first) < 20
    factory.reset()
    factory.configure(failure_rate=1)
    socket = factory.create_websocket_mock()
    agent = factory.create_agent_mock(websocket=None)
    with pytest.raises(MockFailureError, match=r"agent\.execute"):
        asyncio.run(agent.execute())
    with pytest.raises(MockFailureError):
        asyncio.run(socket.send_json({}))
    assert (agent.state, socket.sent_messages) == ("failed", [])
    assert factory.get_metrics()["failures"] == {"agent.execute": 1, "websocket.send_json": 1}
    with pytest.raises(ValueError, match="probability"):
        factory.configure(failure_rate=2)


def test_a_delay_lets_others_run(factory: SSotMockFactory) -> None:
    """A configured delay is a real wait: what else is ready goes first."""
    factory.configure(delay=0.01)
    client, order = factory.create_llm_client_mock("hello"), list[str]()

    async def ask() -> None:
        order.append(await client.generate("prompt"))

    async def other() -> None:
        order.append("meanwhile")

    async def both() -> None:
        await asyncio.gather(ask(), other())

    asyncio.run(both())
    assert order == ["meanwhile", "hello"]


@pytest.mark.parametrize("name", PRODUCTS)
def test_each_product_by_name(name: str, factory: SSotMockFactory) -> None:
    """``create`` and the suite know every product."""
    suite = factory.create_mock_suite([name, "websocket"])
    assert set(suite) == {name, "websocket"}
    assert isinstance(factory.create(name), mock.MagicMock)


def test_products_offer_what_their_users_call(factory: SSotMockFactory) -> None:
    """Sessions, configurations and contexts answer as the real ones would be asked."""

    async def use() -> None:
        async with factory.create_database_session_mock(rows=[1, 2]) as session:
            result = await session.execute("select")
            session.add(object())
            await session.commit()
        assert (result.all(), result.scalars().first()) == ([1, 2], 1)
        health = await factory.create_service_manager_mock().health_check()
        health["changed"] = True
        assert await factory.create_service_manager_mock().health_check() == {"status": "healthy"}
        assert await factory.create_agent_service_mock(port=1).start_agent("a") == {"status": "started"}

    asyncio.run(use())
    settings = factory.create_configuration_mock(settings={"limit": 3})
    assert (settings.environment, settings.limit, settings.get("limit"), settings.get("none", 4)) == (
        "test",
        3,
        3,
        4,
    )
    assert factory.create_execution_context_mock(run_id="r").run_id == "r"
    assert factory.create_mock_user_context(user_id="u", tier="free").tier == "free"
    assert factory.create_tool_mock("search").name == "search"


def test_teams_register_their_shapes(factory: SSotMockFactory) -> None:
    """A registered builder is called by name; names are unique; an unknown one is an error."""

    def build(maker: SSotMockFactory, size: int = 1) -> mock.Mock:
        return maker.create_mock(size=size)

    factory.register("queue", build)
    assert factory.create("queue", size=3).size == 3
    assert factory.create_mock_suite(["queue"])["queue"].size == 1
    for taken in ("queue", "agent", "user_context"):
        with pytest.raises(ValueError, match=taken):
            factory.register(taken, build)
    with pytest.raises(KeyError, match="unknown"):
        factory.create("unknown")


@pytest.mark.parametrize("layer", ["integration", "e2e"])
def test_layers_on_real_services_get_no_mock(layer: str, factory: SSotMockFactory) -> None:
    """Every maker refuses there and nowhere else."""
    makers = [getattr(factory, name) for name in dir(factory) if name.startswith("create_")]
    factory.register("own", lambda maker: object())
    with running({layer, "slow"}):
        assert current_layers() == {layer, "slow"}
        for make in [*makers, lambda: factory.create("own")]:
            with pytest.raises(MockPolicyError, match=layer):
                make(["agent"]) if make == factory.create_mock_suite else make()
    with running({"unit"}):
        assert isinstance(factory.create_mock(), mock.Mock)
    assert current_layers() == frozenset()
