"""The ticket store, the search index, tools and contexts."""
import asyncio

import pytest

from backend.app.context import ExecutionContext, UserContext
from backend.app.search import SearchIndex, words
from backend.app.tickets import IllegalTransition, NoSuchTicket, Status
from backend.app.tools import ToolError, ToolRegistry
from backend.tests.mocks import MockDatabaseSession, MockServiceManager, MockTool
from backend.tests.mocks.clock import FakeClock


class TestTicketStore:
    def test_create_and_get(self, store):
        ticket = store.create("acme", "Hello", "World")
        assert store.get("acme", ticket.id) == ticket

    def test_other_tenant(self, store):
        ticket = store.create("acme", "Hello", "World")
        with pytest.raises(NoSuchTicket):
            store.get("globex", ticket.id)

    @pytest.mark.parametrize(
        ("path", "legal"),
        [
            (["pending", "open", "solved"], True),
            (["solved", "closed"], True),
            (["solved", "open"], True),
            (["closed"], False),
            (["open"], False),
            (["solved", "closed", "open"], False),
        ],
        ids=lambda value: "-".join(value) if isinstance(value, list) else None,
    )
    def test_transitions(self, store, path, legal):
        ticket = store.create("acme", "Hello", "World")
        try:
            for status in path:
                store.move("acme", ticket.id, Status(status))
        except IllegalTransition:
            assert not legal
        else:
            assert legal

    def test_reply_reopens(self, store):
        ticket = store.create("acme", "Hello", "World")
        store.move("acme", ticket.id, Status.SOLVED)
        store.reply("acme", ticket.id, "ada", "Still broken")
        assert store.get("acme", ticket.id).status is Status.OPEN

    def test_no_reply_to_a_closed_one(self, store):
        ticket = store.create("acme", "Hello", "World")
        store.move("acme", ticket.id, Status.SOLVED)
        store.move("acme", ticket.id, Status.CLOSED)
        with pytest.raises(IllegalTransition, match="no replies"):
            store.reply("acme", ticket.id, "ada", "Hello?")

    def test_replies_in_order(self, store):
        ticket = store.create("acme", "Hello", "World")
        numbers = [store.reply("acme", ticket.id, "ada", text) for text in ("one", "two")]
        assert numbers == sorted(numbers)
        assert store.replies("acme", ticket.id) == [("ada", "one"), ("ada", "two")]

    def test_list_by_status(self, store):
        first = store.create("acme", "a", "b")
        store.create("acme", "c", "d")
        store.move("acme", first.id, Status.PENDING)
        assert [ticket.id for ticket in store.list("acme", Status.PENDING)] == [first.id]
        assert len(store.list("acme")) == 2


class TestSearchIndex:
    def setup_method(self):
        self.index = SearchIndex()
        self.index.add("a", "printer on fire in the printer room")
        self.index.add("b", "printer out of paper, and the manual is missing, please send help")
        self.index.add("c", "fire drill")

    @pytest.mark.parametrize(
        ("query", "found"),
        [("printer", ["a", "b"]), ("fire", ["c", "a"]), ("printer fire", ["a"]), ("the", []), ("", []), ("absent", [])],
    )
    def test_search(self, query, found):
        assert self.index.search(query) == found

    def test_replacing_a_document(self):
        self.index.add("c", "paper jam")
        assert self.index.search("drill") == []
        assert len(self.index) == 3

    def test_limit(self):
        assert len(self.index.search("printer", limit=1)) == 1

    def test_words(self):
        assert words("It's on the Printer, 2nd floor") == ["s", "printer", "2nd", "floor"]


class TestTools:
    @pytest.fixture
    def registry(self):
        registry = ToolRegistry()
        registry.register("add", lambda a, b: a + b)
        return registry

    def test_plain_function(self, registry):
        assert asyncio.run(registry.call("add", a=1, b=2)) == 3

    def test_coroutine(self, registry):
        tool = MockTool("lookup", result={"plan": "pro"})
        registry.register(tool.name, lambda: tool.execute())
        assert asyncio.run(registry.call("lookup")) == {"plan": "pro"}
        assert registry.calls == ["lookup"]

    @pytest.mark.parametrize("arguments", [{}, {"a": 1}, {"a": 1, "b": 2, "c": 3}])
    def test_wrong_arguments(self, registry, arguments):
        with pytest.raises(ToolError, match="^add: "):
            asyncio.run(registry.call("add", **arguments))

    def test_unknown_tool_lists_the_known(self, registry):
        with pytest.raises(ToolError, match="there are: add"):
            asyncio.run(registry.call("subtract"))

    def test_name_taken(self, registry):
        with pytest.raises(ToolError, match="already"):
            registry.register("add", print)


@pytest.mark.parametrize(
    ("permissions", "wanted", "answer"),
    [
        ({"ticket.read"}, "ticket.read", True),
        ({"ticket.read"}, "ticket.write", False),
        ({"ticket.*"}, "ticket.write", True),
        ({"ticket.*"}, "invoice.read", False),
        ({"*"}, "invoice.read", True),
        (set(), "ticket.read", False),
    ],
)
def test_permissions(permissions, wanted, answer):
    assert UserContext("ada", "acme", frozenset(permissions)).may(wanted) is answer


def test_run_ids_grow(agent_user):
    first, second = ExecutionContext(agent_user, "a"), ExecutionContext(agent_user, "a")
    assert second.run_id > first.run_id


def test_session_is_closed():
    async def scenario():
        async with MockDatabaseSession() as session:
            await session.execute("SELECT 1")
            await session.commit()
        return session

    session = asyncio.run(scenario())
    session.commit.assert_awaited_once_with()
    session.close.assert_awaited_once_with()


def test_service_manager():
    manager = MockServiceManager(["billing"])
    manager.start("billing")
    assert (manager.status("billing"), manager.status("nope")) == ("running", "unknown")


def test_clock_starts_on_a_working_day():
    assert FakeClock().now().weekday() == 2
