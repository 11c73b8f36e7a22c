import asyncio
from unittest.mock import AsyncMock, MagicMock

from backend.app.agents import AgentError


class MockAgent:
    """An agent that answers with what it was given."""

    def __init__(self, name="mock", result=None, error=None):
        self.name = name
        self.result = result
        self.error = error
        self.state = "idle"
        self.calls = []

    async def run(self, context):
        self.calls.append(context)
        self.state = "running"
        if self.error is not None:
            self.state = "failed"
            raise AgentError(self.error)
        self.state = "done"
        context.record(self.name, self.result)
        return self.result


class SlowMockAgent(MockAgent):
    """One that outlasts every timeout."""

    async def run(self, context):
        self.calls.append(context)
        await asyncio.Event().wait()


class MockLLMClient:
    """A language model with a fixed answer."""

    def __init__(self, answer="Thank you for your message."):
        self.complete = MagicMock(return_value=answer)
        self.tokens_used = 0


class MockTool:
    """A tool with a name; awaits nothing."""

    def __init__(self, name="tool", result=None):
        self.name = name
        self.execute = AsyncMock(return_value=result)
