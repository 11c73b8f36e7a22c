"""Mail to a real socket, webhooks to a real server."""
import asyncio
import json
import os
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from notifications.channels import email, webhook

pytestmark = pytest.mark.integration


class SmtpSink:
    """A mail server that says yes, and keeps what it is told."""

    def __init__(self, refuse=b""):
        self.commands = []
        self.data = []
        self.refuse = refuse

    async def __call__(self, reader, writer):
        async def say(line):
            writer.write(line + b"\r\n")
            await writer.drain()

        await say(b"220 sink ready")
        while line := (await reader.readline()).strip():
            self.commands.append(line.decode())
            verb = line.split()[0].upper()
            if self.refuse and line.upper().startswith(self.refuse):
                await say(b"550 no such user")
            elif verb == b"DATA":
                await say(b"354 go on")
                while (text := await reader.readline()) not in (b".\r\n", b""):
                    self.data.append(text.decode())
                await say(b"250 kept")
            elif verb == b"QUIT":
                await say(b"221 bye")
                break
            else:
                await say(b"250 ok")
        writer.close()


class MailOverTcp(unittest.IsolatedAsyncioTestCase):
    async def send(self, sink, to="ada@example.test"):
        server = await asyncio.start_server(sink, "127.0.0.1", 0)
        os.environ["SMTP_HOST"] = "127.0.0.1"
        os.environ["SMTP_PORT"] = str(server.sockets[0].getsockname()[1])
        try:
            return await asyncio.to_thread(email.EmailChannel().send, to, "Your ticket", "It is solved.\n")
        finally:
            server.close()
            await server.wait_closed()
            del os.environ["SMTP_HOST"], os.environ["SMTP_PORT"]

    async def test_message_arrives(self):
        sink = SmtpSink()
        self.assertTrue(await self.send(sink))
        text = "".join(sink.data)
        self.assertIn("Subject: Your ticket", text)
        self.assertIn("It is solved.", text)

    async def test_envelope(self):
        sink = SmtpSink()
        await self.send(sink)
        self.assertIn("rcpt to:<ada@example.test>", [command.lower() for command in sink.commands])

    async def test_refused_recipient(self):
        with self.assertRaises(email.MailRefused):
            await self.send(SmtpSink(refuse=b"RCPT"))

    async def test_nobody_listens(self):
        with self.assertRaises(OSError):
            os.environ.update({"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1"})
            await asyncio.to_thread(email.EmailChannel().send, "a@b.test", "s", "t")


class Receiver(BaseHTTPRequestHandler):
    received = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        good = webhook.sign(body, "hook-secret") == self.headers["X-Harbor-Signature"]
        self.received.append((body["event"], good))
        self.send_response(204 if good else 401)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def receiver():
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/hook"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("secret", "good"), [("hook-secret", True), ("wrong-secret", False)])
def test_signature_over_http(receiver, monkeypatch, secret, good):
    monkeypatch.setenv("NOTIFY_WEBHOOK_HOSTS", "127.0.0.1")
    monkeypatch.setenv("NOTIFY_WEBHOOK_SECRET", secret)
    Receiver.received.clear()
    try:
        webhook.deliver(receiver, "invoice.paid", {"number": "INV-1"})
    except Exception as error:
        assert not good and error.status == 401
    assert Receiver.received == [("invoice.paid", good)]


def test_unlisted_host_is_not_called(receiver):
    Receiver.received.clear()
    with pytest.raises(webhook.Forbidden):
        webhook.deliver(receiver, "invoice.paid", {}, "hook-secret")
    assert Receiver.received == []
