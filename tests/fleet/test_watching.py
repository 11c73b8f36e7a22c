"""Shards, waves, the dashboard, logs and spans: what people see of a fleet."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from ssot_migrate.fleet.forges.model import Checks, Standing
from ssot_migrate.fleet.model import Place
from ssot_migrate.fleet.ordering import levels
from ssot_migrate.fleet.waves import Seen, gate, waves
from ssot_migrate.git.repository import Repository
from ssot_migrate.workflow import Request, make_plan
from yard import Yard

PLACES = [
    Place(0, 9, "a", "base"),
    Place(1, 2, "a", "web"),
    Place(0, 3, "b", "base"),
    Place(1, 1, "b", "app"),
]
OPEN = Seen(pushed=True, standing=Standing.OPEN, checks=Checks.PASSED)
RED = Seen(pushed=True, standing=Standing.OPEN, checks=Checks.FAILED)


def test_the_canary_is_the_smallest_at_the_bottom() -> None:
    """Then come the rest of its level, and the next level."""
    names = [[(place.unit, place.service) for place in wave] for wave in waves(PLACES)]
    assert names == [[("b", "base")], [("a", "base")], [("b", "app"), ("a", "web")]]


@pytest.mark.parametrize(
    ("seen", "limit", "wave", "reason"),
    [
        ({}, 0.0, 0, ""),
        ({"b/base": OPEN}, 0.0, 1, ""),
        ({"b/base": OPEN._replace(checks=Checks.PENDING)}, 0.0, 0, "have not come through"),
        ({"b/base": RED}, 0.0, 0, "1 of 1 failed"),
        ({"b/base": RED}, 1.0, 1, ""),
        ({"b/base": OPEN, "a/base": Seen(True, Standing.CLOSED)}, 0.5, 1, "1 of 1 failed"),
        ({"b/base": OPEN, "a/base": Seen(True, Standing.MERGED, Checks.FAILED)}, 0.0, 2, ""),
    ],
)
def test_a_wave_goes_out_when_the_one_before_came_through(
    seen: dict[str, Seen], limit: float, wave: int, reason: str
) -> None:
    """It waits for CI, and stops where too many failed."""
    found = gate(PLACES, lambda place: seen.get(f"{place.unit}/{place.service}", Seen(pushed=False)), limit)
    assert found.wave == wave
    assert reason in found.reason
    assert bool(reason) == bool(found.reason)


def test_helpers_come_before_those_that_import_them(yard: Yard) -> None:
    """The order is that of the test helpers' imports; a cycle is one place."""
    files = {
        "core/tests/helpers.py": 'import os\nA = os.environ["A"]\n',
        "web/tests/test_web.py": 'import os\nfrom core.tests.helpers import A\nB = os.environ["B"]\n',
        "app/tests/test_app.py": 'import os\nimport web.tests.test_web\nB = os.environ["B"]\n',
        "left/tests/test_x.py": 'import os\nimport right.tests.test_y\nB = os.environ["B"]\n',
        "right/tests/test_y.py": 'import os\nimport left.tests.test_x\nB = os.environ["B"]\n',
    }
    repo = yard.repository("one", files)
    plan = make_plan(Request(str(repo), include_review=True, use_cache=False, workers=1), lambda *_: None)
    assert levels(repo, plan) == {"core": 0, "web": 1, "app": 2, "left": 0, "right": 0}
    assert Repository.open(repo).head_commit() == plan.base


def test_waves_push_service_by_service(three: Yard) -> None:
    """Without a forge a wave has come through when it was pushed: the canary goes out alone."""
    three.batch("plan")
    three.batch("push", "--wave", "0.1")
    first = {name: set(three.branches(name)) for name in ("one", "two")}
    assert sorted(map(len, first.values())) == [1, 3]
    three.batch("push", "--wave", "0.1")
    assert {len(three.branches(name)) for name in ("one", "two")} == {4}


def test_the_dashboard_says_why(three: Yard) -> None:
    """One page with every repository, its state and score, why nothing happens, and adoption by day."""
    hostile = "<script>alert(1)</script>"
    three.batch("push")
    with sqlite3.connect(three.root / ".ssot-fleet/fleet.sqlite") as database:
        database.execute("UPDATE adoption SET day = day - 3 WHERE service = 'web'")
        database.execute("UPDATE branch SET verdict = 'held', reason = ? WHERE service = 'app'", (hostile,))
    assert three.batch("report").returncode == 0
    page = (three.root / "fleet.html").read_text()
    assert "repos/clean" in page
    assert "nothing to do" in page
    assert "Adoption over time" in page
    assert "&lt;script&gt;" in page
    assert hostile not in page


def test_logs_are_json_with_the_run(three: Yard) -> None:
    """Every line has the run's id; units have their stages."""
    done = three.batch("apply", "--log", "json", "--format", "json")
    rows = [json.loads(line) for line in done.stderr.splitlines()]
    assert {row["run"] for row in rows} == {json.loads(done.stdout)["run"]}
    assert {row["event"] for row in rows} == {"unit", "end"}
    ended = next(row for row in rows if row.get("verdict") == "done")
    assert set(ended["stages"]) == {"fetch", "plan", "apply"}
    assert ended["megabytes"] > 10


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """An OTLP collector over HTTP, and what it was sent."""
    got: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *arguments: object) -> None:
            """Keep quiet."""

        def do_POST(self) -> None:
            """Take it."""
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", got
        server.shutdown()


def test_spans_are_sent_where_the_environment_says(three: Yard, collector: tuple[str, list[bytes]]) -> None:
    """A run is a trace: units below it, stages below them."""
    url, got = collector
    three.env |= {"OTEL_EXPORTER_OTLP_ENDPOINT": url, "OTEL_EXPORTER_OTLP_COMPRESSION": "none"}
    done = three.batch("plan")
    assert done.returncode == 0, done.stderr
    data = b"".join(got)
    assert data.count(b"repos/one") == 1
    for name in (b"fleet run", b"fetch", b"plan", b"ssot-migrate"):
        assert name in data
