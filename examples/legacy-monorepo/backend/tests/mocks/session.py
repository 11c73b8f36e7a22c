from unittest.mock import AsyncMock, MagicMock


class MockDatabaseSession:
    """An async session where everything works and nothing is stored."""

    def __init__(self):
        self.execute = AsyncMock(return_value=MagicMock())
        self.commit = AsyncMock()
        self.rollback = AsyncMock()
        self.close = AsyncMock()
        self.add = MagicMock()

    async def __aenter__(self):
        return self

    async def __aexit__(self, exc_type, exc, traceback):
        await self.close()
        return False


class MockServiceManager:
    """Starts and stops nothing."""

    def __init__(self, services=()):
        self.services = {name: "stopped" for name in services}

    def start(self, name):
        self.services[name] = "running"

    def stop(self, name):
        self.services[name] = "stopped"

    def status(self, name):
        return self.services.get(name, "unknown")
