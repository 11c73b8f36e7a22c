"""``trend``: points are the scores that ``check`` gave, over real history; a fall is an alert."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from ssot_migrate.compliance.trend import ALL, Point, regressions, sampled
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.errors import ExitCode
from tests.compliance.conftest import COMPLIANT, LEGACY, Repo, Run
from tests.compliance.test_aliases import dated

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def history(repo: Repo) -> Repo:
    """``api`` with 0 of 3, then 1 of 3, then 1 of 1, in three months; ``web`` compliant; one more in May."""
    repo.git("checkout", "-q", "--orphan", "history")
    dated(repo, "2026-01-10", api__config=LEGACY, web__config=COMPLIANT)
    dated(repo, "2026-02-01", web__other=COMPLIANT)
    fixed = LEGACY.replace('os.environ["URL"]', 'get_env().get("URL")').replace(
        "import os\n", "import os\nfrom shared.isolated_environment import get_env\n"
    )
    dated(repo, "2026-02-20", api__config=fixed)
    dated(repo, "2026-04-05", api__config=COMPLIANT)
    return repo


def test_points_are_what_check_said(history: Repo, run: Run) -> None:
    """Of each month the last commit, with the score that a check of it gives."""
    done = run("trend", "--format", "json")
    found = json.loads(done.stdout)

    assert done.returncode == ExitCode.OK
    assert [(point["date"], point["scores"]["api"]) for point in found["points"]] == [
        ("2026-01-10", 0),
        ("2026-02-20", 1 / 3),
        ("2026-04-05", 1),
    ]
    head = history.git("rev-parse", "HEAD")
    for point in found["points"]:
        history.git("checkout", "-q", point["commit"])
        assert json.loads(run("check", "--format", "json").stdout)["score"] == point["scores"][ALL]
    history.git("checkout", "-q", head)


def test_only_what_changed_is_scanned_and_a_commit_once(
    history: Repo, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Five files differ over all commits, so five are scanned; a second run scans none."""
    log = tmp_path / "scanned"
    scan = Scanner.scan

    def count(self: Scanner, source, classes=False, asked=()):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202
        with log.open("a") as stream:
            stream.write(f"{source.path}\n")
        return scan(self, source, classes, asked)

    monkeypatch.setattr(Scanner, "scan", count)
    run("trend", "--every", "day")
    scanned = sorted(log.read_text().splitlines())
    assert scanned == ["api/config.py"] * 3 + ["web/config.py", "web/other.py"]
    log.unlink()
    assert run("trend", "--every", "day", "--format", "json").returncode == ExitCode.OK
    assert not log.exists()


def test_a_fall_is_an_alert(history: Repo, run: Run) -> None:
    """The newest score below the one before exits with 7, names the service, and spares a tolerance."""
    dated(history, "2026-05-01", web__config=LEGACY + COMPLIANT)
    done = run("trend")
    assert done.returncode == ExitCode.DEBT
    assert "regression: web: from 100.0 % on 2026-04-05 to 40.0 %" in done.stderr
    assert run("trend", "--tolerance", "60").returncode == ExitCode.OK
    assert run("trend", "--tolerance", "60", "--service", "web").returncode == ExitCode.OK
    assert run("trend", "--service", "api").returncode == ExitCode.OK


def test_a_terminal_sees_bars(history: Repo, run: Run) -> None:
    """One line for each service, and the sum first."""
    lines = run("trend").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["all", "api", "web", "3"]
    assert lines[1].split() == ["api", "▁▃█", "0.0", "%", "→", "100.0", "%"]
    assert run("trend", "--days", "5").stdout.splitlines()[-1] == "1 commits, 2026-04-05 to 2026-04-05"


def test_the_chart_is_svg_whatever_a_service_is_called(history: Repo, run: Run) -> None:
    """A line and a label for each service; names are text and no markup."""
    (history.root / "ssot.toml").write_text('[services]\n"<b>&\\"\'" = ["api/**"]\n')
    root = ElementTree.fromstring(run("trend", "--format", "svg").stdout)
    assert root.tag == f"{SVG}svg"
    assert len(root.findall(f"{SVG}polyline")) == 3  # all, the strange one, root
    assert any((text.text or "").startswith("<b>&\"' 100") for text in root.iter(f"{SVG}text"))
    assert root.find(f"{SVG}b") is None


def test_a_shallow_history_is_said_to_be_one(history: Repo, run: Run, tmp_path: object) -> None:
    """Where commits are missing the trend starts later, and says why."""
    history.git("clone", "-q", "--depth", "1", f"file://{history.root}", f"{tmp_path}/shallow")
    done = run("trend", f"{tmp_path}/shallow")
    assert "1 commits" in done.stdout
    assert "git fetch --unshallow" in done.stderr


def test_days_go_back_only() -> None:
    """A commit dated after its successors takes their day; weeks are those of the ISO calendar."""
    history = [("d", "2026-01-05"), ("c", "2026-01-04"), ("b", "2027-01-01"), ("a", "2025-12-28")]
    assert sampled(history, "month") == [("a", "2025-12-28"), ("d", "2026-01-05")]
    assert sampled(history, "week") == [("a", "2025-12-28"), ("c", "2026-01-04"), ("d", "2026-01-05")]
    assert sampled(history, "day") == [("a", "2025-12-28"), ("c", "2026-01-04"), ("d", "2026-01-05")]


def test_a_service_is_compared_with_when_it_last_had_sites() -> None:
    """A gap hides no fall; a service that is new, or gone, is none."""
    points = [
        Point("a", "2026-01-01", {"x": 0.9, "gone": 1}),
        Point("b", "2026-02-01", {}),
        Point("c", "2026-03-01", {"x": 0.8, "new": 0}),
    ]
    assert [(each.service, each.date) for each in regressions(points)] == [("x", "2026-01-01")]
    assert list(regressions(points, 0.2)) == []
    assert list(regressions([])) == []
