"""The page on loopback: who has the token reads it and decides, and each decision is in the file at once."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from ssot_migrate.errors import SsotMigrateError, UsageError
from ssot_migrate.review.file import DecisionsFile

_LARGEST = 32_000_000


def serve(page: Callable[[str], str], file: DecisionsFile, port: int = 0) -> tuple[ThreadingHTTPServer, str]:
    """A server bound to 127.0.0.1, and the address of its page; ``page`` makes the page for a token.

    Raises:
        UsageError: the port is taken.
    """
    token = secrets.token_urlsafe(24)
    handler = type("Handler", (_Handler,), {"token": token, "page": page(token).encode(), "file": file})
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    except OSError as error:
        hint = "choose another with --port"
        raise UsageError(f"cannot listen on port {port}: {error}", hint=hint) from error
    return server, f"http://127.0.0.1:{server.server_address[1]}/{token}/"


class _Handler(BaseHTTPRequestHandler):
    token: str
    page: bytes
    file: DecisionsFile

    def do_GET(self) -> None:
        """The page, under its token."""
        if self._is_local() and secrets.compare_digest(self.path.encode(), f"/{self.token}/".encode()):
            self._answer(200, self.page, "text/html; charset=utf-8")
        else:
            self._say(403, "open the address that `ssot-migrate review` printed")

    def do_POST(self) -> None:
        """Decisions, from the page itself only."""
        given = self.headers.get("X-Token", "").encode()
        if not (self._is_local() and secrets.compare_digest(given, self.token.encode())):
            return self._say(403, "the token is missing or wrong")
        try:
            changed = self._changed()
            kept = self.file.update(changed)
        except (SsotMigrateError, ValueError, TypeError) as error:
            return self._say(400, getattr(error, "message", str(error)))
        body = json.dumps({"kept": kept, "file": self.file.path.name}).encode()
        return self._answer(200, body, "application/json")

    def _changed(self) -> dict[str, tuple[str, str]]:
        length = int(self.headers.get("Content-Length", "0"))
        if not 0 <= length <= _LARGEST:
            raise ValueError("too large")
        found = json.loads(self.rfile.read(length))
        return {str(key): (str(ruling), str(reason)) for key, (ruling, reason) in dict(found).items()}

    def _is_local(self) -> bool:
        """Whether the browser knows us by a loopback name: a foreign name means a rebound one."""
        return self.headers.get("Host", "").rpartition(":")[0] in ("127.0.0.1", "localhost")

    def _say(self, status: int, message: str) -> None:
        self._answer(status, json.dumps({"message": message}).encode(), "application/json")

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Frame-Options", "DENY"),
            ("Referrer-Policy", "no-referrer"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base's name
        """Say nothing: the terminal belongs to the command."""
