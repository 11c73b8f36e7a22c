"""The API over HTTP, with the standard library's server."""

from __future__ import annotations

import json
import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from backend.app.api import Api
from backend.app.context import UserContext


def anonymous_permissions() -> frozenset[str]:
    return frozenset(os.environ.get("BACKEND_ANONYMOUS", "ticket.read").split())


def make_handler(api: Api, lock: threading.Lock) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer(None)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            try:
                body = json.loads(self.rfile.read(length) or b"{}")
            except ValueError:
                self.send(400, {"error": "not JSON"})
                return
            self.answer(body)

        def answer(self, body) -> None:
            parts = urlsplit(self.path)
            user = UserContext(
                self.headers.get("X-User", "anonymous"),
                self.headers.get("X-Tenant", "public"),
                frozenset(self.headers["X-Permissions"].split()) if "X-Permissions" in self.headers
                else anonymous_permissions(),
            )
            with lock:
                status, shown = api.handle(self.command, parts.path, user, body, dict(parse_qsl(parts.query)))
            self.send(status, shown)

        def send(self, status, shown) -> None:
            data = json.dumps(shown).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format, *args) -> None:
            if os.environ.get("BACKEND_ACCESS_LOG"):
                super().log_message(format, *args)

    return Handler


def serve(api: Api, host: str = "127.0.0.1", port: int = 0) -> ThreadingHTTPServer:
    """A server that is bound but does not run yet; port 0 takes a free one."""
    server = ThreadingHTTPServer((host, port), make_handler(api, threading.Lock()))
    server.daemon_threads = True
    return server
