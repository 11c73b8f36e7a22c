"""The line protocol over a real TCP connection."""
import asyncio
import json
import os
import unittest

import pytest

from harbor_auth.line_server import LineServer
from harbor_auth.users import UserDirectory


@pytest.mark.integration
class LineServerTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.saved_environ = dict(os.environ)
        os.environ["AUTH_SECRET"] = "secret-of-the-line-server"
        os.environ["AUTH_PBKDF2_ROUNDS"] = "300"

    async def asyncSetUp(self):
        users = UserDirectory()
        users.register("ada", "correct horse battery", "agent")
        self.server = LineServer(users)
        self.port = await self.server.start()
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.port)

    async def asyncTearDown(self):
        self.writer.close()
        await self.writer.wait_closed()
        await self.server.stop()

    def tearDown(self):
        os.environ.clear()
        os.environ.update(self.saved_environ)

    async def ask(self, **request):
        self.writer.write(json.dumps(request).encode() + b"\n")
        await self.writer.drain()
        return json.loads(await asyncio.wait_for(self.reader.readline(), 5))

    async def test_login_then_verify(self):
        answer = await self.ask(op="login", login="ada", password="correct horse battery")
        verified = await self.ask(op="verify", token=answer["token"])
        self.assertEqual(verified["claims"]["sub"], "ada")

    async def test_bad_requests_keep_the_connection(self):
        self.assertEqual((await self.ask(op="fly"))["error"], "bad request")
        self.assertEqual((await self.ask(op="login"))["error"], "bad request")
        self.assertEqual((await self.ask(op="login", login="ada", password="x"))["error"], "refused")
        self.assertTrue((await self.ask(op="login", login="ada", password="correct horse battery"))["ok"])

    async def test_rotated_secret(self):
        token = (await self.ask(op="login", login="ada", password="correct horse battery"))["token"]
        os.environ["AUTH_SECRET"] = "another-secret-altogether"
        self.assertEqual((await self.ask(op="verify", token=token))["error"], "bad signature")
        os.environ["AUTH_SECRET_1"] = "secret-of-the-line-server"
        self.assertTrue((await self.ask(op="verify", token=token))["ok"])

    async def test_too_long_a_line_ends_it(self):
        self.writer.write(b"x" * 10_000 + b"\n")
        await self.writer.drain()
        self.assertEqual(await asyncio.wait_for(self.reader.read(), 5), b"")
