"""Blocks whose every use of the connection has a counterpart: for review, all or nothing."""

from test_framework.ssot.websocket_test_utility import WebSocketTestUtility

URL = "ws://localhost:8000/ws"


async def test_one_question():
    async with WebSocketTestUtility(URL).connect() as ws:
        await ws.send_json({"type": "ping"})
        assert await ws.receive_json()["type"] == "pong"


async def test_with_a_limit():
    async with WebSocketTestUtility(URL).connect() as ws:
        await ws.send_json(
            {
                    "type": "ask",  # a comment that stays
                    "text": "who",
                }
        )
        answer = await ws.receive_json(2)
        assert answer["text"]


async def test_in_two_steps(token):
    headers = {"Authorization": f"Bearer {token}"}
    async with WebSocketTestUtility(URL, bearer=token).connect() as ws:
        for number in range(3):
            await ws.send_json({"number": number})
            raw = await ws.receive_json(2 + number)
            answer = raw
            assert answer["number"] == number


async def test_literal_headers(login):
    async with WebSocketTestUtility(URL, bearer=login.token).connect() as ws:
        assert await ws.receive_json() == {"type": "welcome"}


async def test_connects_only():
    async with WebSocketTestUtility(URL).connect():
        pass
