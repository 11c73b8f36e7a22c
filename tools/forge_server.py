"""A forge for tests, in a process of its own: git over HTTP, and the REST APIs as their makers document them.

It keeps to the contracts as they are documented: which requests are refused and how, what a limit looks like,
what happens to a second pull request of a branch. Faults are ordered by tests through ``/_faults``.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import re
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from forge_contracts import Answer, Forge
from forge_github import github
from forge_gitlab import gitlab

Row = dict[str, Any]


class Call(NamedTuple):
    """One request to the API."""

    method: str
    path: str
    query: dict[str, str]
    body: Row


class Faults:
    """What tests have ordered to go wrong, each a number of times."""

    def __init__(self) -> None:
        """Nothing goes wrong."""
        self.orders: list[Row] = []

    def take(self, call: Call) -> Row | None:
        """The next order that is about ``call``."""
        for order in self.orders:
            if order["times"] and order["method"] == call.method and re.search(order["path"], call.path):
                order["times"] -= 1
                return order
        return None


class Handler(BaseHTTPRequestHandler):
    """Git below ``/git``, GitHub below ``/api/v3``, GitLab below ``/api/v4``, tests below ``/_``."""

    protocol_version = "HTTP/1.1"
    root: Path
    token: str
    forge: Forge
    faults: Faults
    calls: list[Row]
    lock: threading.Lock

    def log_message(self, format: str, *arguments: object) -> None:
        """Keep quiet."""

    def do_GET(self) -> None:
        """Answer."""
        self._route()

    do_POST = do_PUT = do_PATCH = do_GET

    def _route(self) -> None:
        url = urlsplit(self.path)
        data = self._body()
        if url.path.startswith("/_"):
            self._control(url.path, data)
        elif url.path.startswith(("/api/v3/", "/api/v4/")):
            query = dict(parse_qsl(url.query))
            self._api(Call(self.command, url.path, query, json.loads(data) if data else {}))
        else:
            self._git(url.path, url.query, data)

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline().strip(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _control(self, path: str, data: bytes) -> None:
        with self.lock:
            if path == "/_faults":
                self.faults.orders += json.loads(data)
            elif path == "/_set":
                wanted = json.loads(data)
                self.forge.find(wanted["project"], wanted["number"]).update(wanted["set"])
            shown: object = self.calls if path == "/_calls" else self.forge.requests
            if path == "/_open":
                shown = self.forge.open(**json.loads(data))
            elif path == "/_ci":
                self.forge.ci.report(**json.loads(data))
            self._answer(Answer(200, shown))

    def _api(self, call: Call) -> None:
        with self.lock:
            self.calls.append({"method": call.method, "path": call.path, "body": call.body})
            fault = self.faults.take(call)
            answer = None
            if fault is None or fault.get("after"):
                answer = self._obey(call)
            if fault is None and answer:
                self._answer(answer)
            elif fault and fault.get("silence"):
                self.close_connection = True
            elif fault:
                self._answer(Answer(fault["status"], fault.get("body", {}), fault.get("headers", {})))

    def _obey(self, call: Call) -> Answer:
        kind, _, path = call.path.removeprefix("/api/").partition("/")
        said = self.headers.get("Authorization", "").removeprefix("Bearer ") if kind == "v3" else ""
        if (said or self.headers.get("PRIVATE-TOKEN")) != self.token:
            return Answer(401, {"message": "Bad credentials" if kind == "v3" else "401 Unauthorized"})
        parts = [unquote(part) for part in path.split("/")]
        answer = github if kind == "v3" else gitlab
        return answer(self.forge, call.method, parts, call.query, call.body)

    def _answer(self, answer: Answer) -> None:
        data = json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(data)

    def _git(self, path: str, query: str, data: bytes) -> None:
        pair = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic "))
        if pair.decode().partition(":")[2] != self.token:
            self.send_response(401)
            self.send_header("WWW-Authenticate", 'Basic realm="git"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        env = os.environ | {
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": "/" + path.split("/", 2)[2],
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(data)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": "fleet",
        }
        done = subprocess.run(["git", "http-backend"], input=data, env=env, capture_output=True, check=True)
        head, _, body = done.stdout.partition(b"\r\n\r\n")
        rows = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(rows.pop("Status", "200").split(" ")[0]))
        for name, value in {**rows, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    """Serve until killed; the first line of the output is the port."""
    parser = argparse.ArgumentParser(description="A forge for tests.")
    parser.add_argument("root", type=Path, help="the folder of bare repositories")
    root: Path = parser.parse_args().root
    Handler.root, Handler.token = root, os.environ["FORGE_TOKEN"]
    Handler.forge, Handler.faults, Handler.calls = Forge(root), Faults(), []
    Handler.lock = threading.Lock()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
