"""The names of standard mocks."""

from __future__ import annotations

METHODS = {"Mock": "create_mock", "MagicMock": "create_magic_mock", "AsyncMock": "create_async_mock"}
STANDARD = "unittest.mock"
