from test_framework.ssot.mock_factory import get_mock_factory


class FakeClock:
    def __init__(self, now=0):
        self.now = now

    def time(self):
        return self.now


class MockQueue:
    async def put(self, item):
        self.items = [item]

    async def get(self):
        return self.items.pop()

    async def size(self):
        return len(self.items)


class FakeTool:
    def __init__(self, tool_name="hammer"):
        self.tool_name = tool_name

    async def execute(self, *arguments):
        return None


def test_product():
    assert get_mock_factory().create_tool_mock(tool_name="saw").tool_name == "saw"


class FakeError(Exception):
    """No double, whatever its name."""


class MockedResponse:
    """Neither."""


class TestMock:
    def test_collected(self):
        assert FakeClock().time() == 0
