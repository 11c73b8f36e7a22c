"""Tools that agents may call."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any


class ToolError(Exception):
    """A tool is unknown, was called wrongly, or failed."""


class ToolRegistry:
    def __init__(self) -> None:
        self._tools: dict[str, Callable[..., Any]] = {}
        self.calls: list[str] = []

    def register(self, name: str, function: Callable[..., Any]) -> None:
        if name in self._tools:
            raise ToolError(f"{name} is registered already")
        self._tools[name] = function

    def names(self) -> list[str]:
        return sorted(self._tools)

    async def call(self, name: str, **arguments: Any) -> Any:
        """Run a tool; a plain function and a coroutine function will both do."""
        if name not in self._tools:
            raise ToolError(f"no tool called {name}; there are: {', '.join(self.names()) or 'none'}")
        function = self._tools[name]
        try:
            inspect.signature(function).bind(**arguments)
        except TypeError as error:
            raise ToolError(f"{name}: {error}") from error
        self.calls.append(name)
        result = function(**arguments)
        if inspect.isawaitable(result):
            result = await result
        return result
