"""Stand-ins for what notifications talk to."""
from unittest.mock import AsyncMock, MagicMock


class MockEmailSender:
    """Keeps messages instead of sending them."""

    def __init__(self):
        self.sent = []
        self.fail = None

    def send(self, to, subject, body):
        if self.fail:
            raise self.fail
        self.sent.append((to, subject, body))
        return True


class StubMailer:
    """Says that it has sent."""

    def __init__(self):
        self.sent = []

    def send(self, to, subject, body):
        self.sent.append((to, subject, body))
        return True


class FakeSmtp:
    """Enough of ``smtplib.SMTP``: a context manager with login and send_message."""

    instances = []

    def __init__(self, host, port, timeout=None):
        self.host, self.port, self.timeout = host, port, timeout
        self.logins = []
        self.messages = []
        FakeSmtp.instances.append(self)

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        return False

    def login(self, user, password):
        self.logins.append((user, password))

    def send_message(self, message):
        self.messages.append(message)


class MockWebSocketManager:
    """Stands in for the backend's ``ConnectionManager``; one list a user."""

    def __init__(self, online=()):
        self.inbox = {user: [] for user in online}

    async def send_event(self, user_id, event, **payload):
        if user_id not in self.inbox:
            return 0
        self.inbox[user_id].append({"event": event, **payload})
        return 1

    async def broadcast(self, event, **payload):
        for user_id in self.inbox:
            await self.send_event(user_id, event, **payload)


class MockAgent:
    """An agent as notifications see it: something that emits events."""

    def __init__(self, relay, name="triage"):
        self.relay = relay
        self.name = name

    async def run(self, user_id):
        await self.relay.on_event(user_id, "agent_started", agent=self.name)
        await self.relay.on_event(user_id, "agent_completed", agent=self.name)


class MockTool:
    """A tool with a name; awaits nothing."""

    def __init__(self, name="tool", result=None):
        self.name = name
        self.execute = AsyncMock(return_value=result)


class FakeWebSocket:
    """A socket of which every operation is awaited."""

    def __init__(self, connection_id="test-connection", user_id="test-user"):
        self.connection_id = connection_id
        self.user_id = user_id
        self.sent_messages = []
        self.accept = AsyncMock()
        self.send_text = AsyncMock()
        self.receive_json = AsyncMock(return_value={})
        self.close = AsyncMock()

    async def send_json(self, message):
        self.sent_messages.append(message)


class MockUserContext:
    """The ids that travel with a request."""

    def __init__(self, user_id="test-user", thread_id="test-thread", run_id="test-run"):
        self.user_id = user_id
        self.thread_id = thread_id
        self.run_id = run_id


class MockAgentService:
    """Starts and stops agents on paper."""

    def __init__(self):
        self.start_agent = AsyncMock(return_value={"status": "started"})
        self.stop_agent = AsyncMock(return_value={"status": "stopped"})
        self.process_message = AsyncMock(return_value={"status": "completed"})
        self.get_status = AsyncMock(return_value={"status": "idle"})


class MockLLM:
    """A model that always answers the same."""

    def __init__(self, response_text="mock response"):
        self.generate = AsyncMock(return_value=response_text)
        self.chat = AsyncMock(return_value=response_text)


class FakeRedis:
    """The commands of Redis that we use, and its expiry."""

    def __init__(self):
        self.data = {}
        self.expiry = {}

    def get(self, key):
        return self.data.get(key)

    def set(self, key, value, ex=None):
        self.data[key] = value
        self.expiry[key] = ex
        return True

    def delete(self, *keys):
        return sum(self.data.pop(key, None) is not None for key in keys)

    def exists(self, key):
        return int(key in self.data)

    def ttl(self, key):
        return self.expiry.get(key, -2)


class MockConfig:
    """Configuration from keyword arguments; unknown names are None."""

    def __init__(self, **values):
        self.values = dict(values)

    def get(self, key, default=None):
        return self.values.get(key, default)

    def set(self, key, value):
        self.values[key] = value

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.values.get(name)


class DummyTracer:
    """Spans that go nowhere."""

    def __init__(self):
        self.spans = []

    def start_span(self, name):
        self.spans.append(name)
        return MagicMock()
