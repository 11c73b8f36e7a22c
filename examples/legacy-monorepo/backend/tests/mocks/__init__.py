"""Mocks that several of the backend's test modules share."""

from backend.tests.mocks.agents import MockAgent, MockLLMClient, MockTool, SlowMockAgent
from backend.tests.mocks.session import MockDatabaseSession, MockServiceManager
from backend.tests.mocks.websocket import MockWebSocket, MockWebSocketManager

__all__ = [
    "MockAgent",
    "MockDatabaseSession",
    "MockLLMClient",
    "MockServiceManager",
    "MockTool",
    "MockWebSocket",
    "MockWebSocketManager",
    "SlowMockAgent",
]
