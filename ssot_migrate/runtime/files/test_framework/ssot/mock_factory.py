"""The one maker of mocks: standard ones as they are, products with events, failures and delays."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from copy import copy
from types import MethodType
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar
from unittest.mock import AsyncMock, MagicMock, Mock

from test_framework.ssot.layers import REAL_LAYERS, current_layers

_P = ParamSpec("_P")
_T = TypeVar("_T")
AGENT_EVENTS = ("agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed")
# The async operations of each product, with what they return.
_OPERATIONS: dict[str, dict[str, object]] = {
    "agent_service": {
        "start_agent": {"status": "started"},
        "stop_agent": {"status": "stopped"},
        "process_message": {"status": "completed"},
        "get_status": {"status": "idle"},
    },
    "service_manager": {
        "start": True,
        "stop": True,
        "health_check": {"status": "healthy"},
        "create": {},
        "get": None,
        "update": {},
        "delete": True,
        "list": [],
    },
    "websocket": {"accept": None, "send_text": None, "receive_json": {}, "receive_text": "", "close": None},
    "database_session": dict.fromkeys(
        ("commit", "rollback", "flush", "close", "refresh", "delete", "scalar", "get", "merge")
    ),
}


class MockPolicyError(RuntimeError):
    """A mock asked for in a test whose layer must run on the real thing."""


class MockFailureError(RuntimeError):
    """A failure that a mock was configured to show."""


class _Maker(Generic[_P, _T]):
    """A method that, called on the class, is that of the process's own factory."""

    def __init__(self, function: Callable[Concatenate[Any, _P], _T]) -> None:
        self.__doc__, self.__wrapped__ = function.__doc__, function

    def __get__(self, factory: SSotMockFactory | None, owner: type) -> Callable[_P, _T]:
        return MethodType(self.__wrapped__, get_mock_factory() if factory is None else factory)


class SSotMockFactory:
    """Make mocks; products fail and wait as configured, reproducibly for a given seed.

    ``create`` and its kin may be called on the class too: the factory of the process makes them then.
    """

    def __init__(self, *, failure_rate: float = 0.0, delay: float = 0.0, seed: int | None = None) -> None:
        """Start with no product made; see ``configure`` for the parameters."""
        self._shapes: dict[str, Callable[..., Any]] = {}
        self.configure(failure_rate=failure_rate, delay=delay, seed=seed)
        self.reset()

    def configure(self, *, failure_rate: float = 0.0, delay: float = 0.0, seed: int | None = None) -> None:
        """Let products fail with a probability of ``failure_rate`` and take ``delay`` seconds a call."""
        if not 0 <= failure_rate <= 1 or delay < 0:
            raise ValueError("failure_rate is a probability, delay a number of seconds")
        self.failure_rate, self.delay = failure_rate, delay
        self._random = random.Random(seed)

    def reset(self) -> None:
        """Forget all metrics."""
        self._created: Counter[str] = Counter()
        self._calls: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self._states: Counter[str] = Counter()

    def get_metrics(self) -> dict[str, dict[str, int]]:
        """Return how many mocks were made, operations called and failed, and states agents reached."""
        counts = {"created": self._created, "calls": self._calls}
        counts |= {"failures": self._failures, "states": self._states}
        return {name: dict(count) for name, count in counts.items()}

    @_Maker
    def create_mock(self, *args: Any, **kwargs: Any) -> Mock:  # noqa: ANN401 - as Mock takes
        """Return ``Mock(*args, **kwargs)``."""
        self._admit("mock")
        return Mock(*args, **kwargs)

    @_Maker
    def create_magic_mock(self, *args: Any, **kwargs: Any) -> MagicMock:  # noqa: ANN401
        """Return ``MagicMock(*args, **kwargs)``."""
        self._admit("magic_mock")
        return MagicMock(*args, **kwargs)

    @_Maker
    def create_async_mock(self, *args: Any, **kwargs: Any) -> AsyncMock:  # noqa: ANN401
        """Return ``AsyncMock(*args, **kwargs)``."""
        self._admit("async_mock")
        return AsyncMock(*args, **kwargs)

    @_Maker
    def create_agent_mock(
        self,
        agent_type: str = "supervisor",
        execution_result: object = None,
        websocket: Any = None,  # noqa: ANN401 - anything with an async send_json
    ) -> MagicMock:
        """Return an agent whose ``execute`` emits the agent events, in order, to ``websocket``."""
        agent = self._product("agent", agent_type=agent_type, state="idle", websocket=websocket)
        result = {"status": "completed", "agent_type": agent_type, "result": execution_result}
        agent.execute = AsyncMock(side_effect=self._agent_run(agent, result))
        return agent

    @_Maker
    def create_agent_service_mock(self, /, **attributes: object) -> MagicMock:
        """Return a service that starts, stops and asks agents."""
        return self._product("agent_service", **attributes)

    @_Maker
    def create_service_manager_mock(self, /, **attributes: object) -> MagicMock:
        """Return a manager with life cycle, health check and create/get/update/delete/list."""
        return self._product("service_manager", **attributes)

    @_Maker
    def create_websocket_mock(
        self, connection_id: str = "test-connection", user_id: str = "test-user"
    ) -> MagicMock:
        """Return a socket that keeps what is sent as JSON in ``sent_messages``."""
        socket = self._product("websocket", connection_id=connection_id, user_id=user_id, sent_messages=[])
        socket.send_json = AsyncMock(
            side_effect=self._operation("websocket.send_json", socket.sent_messages.append)
        )
        return socket

    @_Maker
    def create_database_session_mock(self, rows: Iterable[object] = ()) -> MagicMock:
        """Return an async session; ``execute`` gives a result with ``rows``."""
        found = list(rows)
        result = MagicMock(name="result")
        for holder in (result, result.scalars.return_value):
            holder.all.return_value, holder.first.return_value = found, next(iter(found), None)
        session = self._product("database_session", add=MagicMock())
        session.execute = AsyncMock(
            side_effect=self._operation("database_session.execute", lambda *_, **__: result)
        )
        session.__aenter__.return_value = session
        return session

    @_Maker
    def create_execution_context_mock(
        self, user_id: str = "test-user", thread_id: str = "test-thread", run_id: str = "test-run"
    ) -> MagicMock:
        """Return the context of one execution."""
        return self._product(
            "execution_context", user_id=user_id, thread_id=thread_id, run_id=run_id, metadata={}
        )

    @_Maker
    def create_tool_mock(self, tool_name: str = "test_tool", execution_result: object = None) -> MagicMock:
        """Return a tool whose ``execute`` gives ``execution_result``."""
        tool = self._product("tool", tool_name=tool_name)
        tool.name = tool_name
        tool.execute = AsyncMock(
            side_effect=self._operation("tool.execute", lambda *_, **__: execution_result)
        )
        return tool

    @_Maker
    def create_llm_client_mock(self, response_text: str = "mock response") -> MagicMock:
        """Return a client whose ``generate`` and ``chat`` answer with ``response_text``."""
        client = self._product("llm_client", response_text=response_text)
        for name in ("generate", "chat"):
            answer = self._operation(f"llm_client.{name}", lambda *_, **__: response_text)
            setattr(client, name, AsyncMock(side_effect=answer))
        return client

    @_Maker
    def create_configuration_mock(
        self, environment: str = "test", settings: Mapping[str, object] | None = None
    ) -> MagicMock:
        """Return a configuration with ``settings`` as attributes and by ``get``."""
        values = {"environment": environment, "testing": True, **(settings or {})}
        return self._product("configuration", get=MagicMock(side_effect=values.get), **values)

    @_Maker
    def create_mock_user_context(
        self,
        /,
        user_id: str = "test-user",
        thread_id: str = "test-thread",
        run_id: str = "test-run",
        **attributes: object,
    ) -> MagicMock:
        """Return the context of one user's request."""
        ids = {"user_id": user_id, "thread_id": thread_id, "run_id": run_id}
        return self._product("user_context", **ids, **attributes)

    @_Maker
    def create_mock_suite(self, names: Iterable[str]) -> dict[str, Any]:
        """Return one product each, by the names that ``create`` knows."""
        return {name: self.create(name) for name in names}

    def register(self, name: str, builder: Callable[..., Any]) -> None:
        """Make ``create(name, ...)`` call ``builder(factory, ...)``; ValueError if the name is taken."""
        if name in self._shapes or self._standard(name):
            raise ValueError(f"there is a mock shape {name!r} already")
        self._shapes[name] = builder

    @_Maker
    def create(self, name: str, /, **options: object) -> Any:  # noqa: ANN401 - a registered shape's own type
        """Return a product by name (``agent``, ``websocket``, ..., or registered); KeyError if unknown."""
        standard = self._standard(name)
        if standard is not None:
            return standard(**options)
        if name not in self._shapes:
            raise KeyError(f"no mock shape {name!r}")
        self._admit(name)
        return self._shapes[name](self, **options)

    def _standard(self, name: str) -> Callable[..., Any] | None:
        method = getattr(self, f"create_{name}_mock", None) or getattr(self, f"create_mock_{name}", None)
        return method if callable(method) else None

    def _admit(self, kind: str) -> None:
        real = current_layers() & REAL_LAYERS
        if real:
            raise MockPolicyError(
                f"no {kind} in a test marked {', '.join(sorted(real))}: use the real service"
            )
        self._created[kind] += 1

    def _product(self, kind: str, **attributes: object) -> MagicMock:
        self._admit(kind)
        product = MagicMock(name=kind, **attributes)
        for name, result in _OPERATIONS.get(kind, {}).items():
            answer = self._operation(f"{kind}.{name}", lambda *_, _result=result, **__: copy(_result))
            setattr(product, name, AsyncMock(side_effect=answer))
        return product

    def _operation(self, name: str, answer: Callable[..., object]) -> Callable[..., Awaitable[object]]:
        async def operation(*args: object, **kwargs: object) -> object:
            self._calls[name] += 1
            await asyncio.sleep(self.delay)
            if self._random.random() < self.failure_rate:
                self._failures[name] += 1
                raise MockFailureError(f"{name} failed, as configured")
            return answer(*args, **kwargs)

        return operation

    def _agent_run(self, agent: MagicMock, result: object) -> Callable[..., Awaitable[object]]:
        execute = self._operation("agent.execute", lambda *_, **__: result)

        async def run(*args: object, **kwargs: object) -> object:
            await self._emit(agent, AGENT_EVENTS[:-1], "running")
            try:
                answer = await execute(*args, **kwargs)
            except MockFailureError:
                await self._emit(agent, ("agent_failed",), "failed")
                raise
            await self._emit(agent, AGENT_EVENTS[-1:], "completed")
            return answer

        return run

    async def _emit(self, agent: MagicMock, events: Iterable[str], state: str) -> None:
        agent.state = state
        self._states[state] += 1
        for event in events if agent.websocket is not None else ():
            await agent.websocket.send_json({"type": event, "agent_type": agent.agent_type})


_FACTORY = SSotMockFactory()


def get_mock_factory() -> SSotMockFactory:
    """Return the factory of this process."""
    return _FACTORY
