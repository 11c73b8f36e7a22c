"""What the unified runner adds to pytest: selection and order of tests, their history, one report."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TypedDict, cast

import pytest

CATEGORIES = (
    "smoke",
    "unit",
    "database",
    "api",
    "websocket",
    "agent",
    "integration",
    "mission_critical",
    "e2e",
    "performance",
)
"""In dependency order: what others stand on runs before them."""
_HISTORY_KEY = "ssot/history"
_EXECUTED = frozenset({("call", "passed"), ("call", "xfailed"), ("call", "xpassed")})
_RUNS_KEPT = 10
_TESTS_SHOWN = 5


class Past(TypedDict):
    """What is remembered of a test: its last duration in seconds, and ``P`` or ``F`` for each run."""

    duration: float
    outcomes: str


History = dict[str, Past]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that the unified runner passes on, also to the workers of a parallel run."""
    group = parser.getgroup("ssot", "unified test runner")
    group.addoption("--ssot-category", action="append", default=[])
    group.addoption("--ssot-service", action="append", default=[])
    group.addoption("--ssot-pattern", default="")
    group.addoption("--ssot-json", default="")


def pytest_configure(config: pytest.Config) -> None:
    """Report where the results come together, that is, not in a worker."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(RunReport(config), "ssot-run-report")


def category_of(item: pytest.Item) -> str:
    """Return the test's category: of its marks, else of its folders, the last in order; or ``unit``."""
    for labels in ({mark.name for mark in item.iter_markers()}, set(_path(item).parts)):
        found = [category for category in CATEGORIES if category in labels]
        if found:
            return found[-1]
    return "unit"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Drop what was not asked for; then lower layers first, and in each layer what failed or is quick."""
    chosen = [item for item in items if _wanted(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(chosen)])
    history = read_history(config)
    modules: dict[PurePosixPath, list[pytest.Item]] = {}
    for item in chosen:
        modules.setdefault(_path(item), []).append(item)

    def urgency(module: PurePosixPath) -> tuple[int, bool, float]:
        layer = max(CATEGORIES.index(category_of(item)) for item in modules[module])
        past = [history[item.nodeid] for item in modules[module] if item.nodeid in history]
        failed = any(test["outcomes"].endswith("F") for test in past)
        return layer, not failed, sum(test["duration"] for test in past)

    # Whole modules move; the order inside a module is its author's.
    items[:] = [item for module in sorted(modules, key=urgency) for item in modules[module]]


def _path(item: pytest.Item) -> PurePosixPath:
    return PurePosixPath(item.nodeid.partition("::")[0])


def _wanted(item: pytest.Item) -> bool:
    options, path = item.config.option, _path(item)
    labels = {category_of(item), *path.parts, *(mark.name for mark in item.iter_markers())}
    return (
        (not options.ssot_category or not labels.isdisjoint(options.ssot_category))
        and (not options.ssot_service or not labels.isdisjoint(options.ssot_service))
        and fnmatch(str(path), f"*{options.ssot_pattern}*")
    )


def read_history(config: pytest.Config) -> History:
    """Return what earlier runs left in pytest's cache, by node id."""
    cache = _cache(config)
    return cast("History", cache.get(_HISTORY_KEY, {})) if cache else {}


def _cache(config: pytest.Config) -> pytest.Cache | None:
    """Return pytest's cache, which ``-p no:cacheprovider`` leaves out altogether."""
    return getattr(config, "cache", None)


def is_flaky(outcomes: str) -> bool:
    """Return whether a test changed between passed and failed more than once in the runs remembered."""
    return sum(a != b for a, b in pairwise(outcomes)) > 1


def code_state(root: Path) -> tuple[str, bool]:
    """Return the commit that is checked out, and whether tracked files differ; ``""`` outside of git."""
    command = ("git", "-C", str(root))
    try:
        head = subprocess.run([*command, "rev-parse", "HEAD"], capture_output=True, text=True, check=True)
        status = subprocess.run(
            [*command, "status", "--porcelain", "--untracked-files=no"], capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return "", False
    return head.stdout.strip(), bool(status.stdout)


class RunReport:
    """Results of a run, as they come in; what the terminal and the JSON file show of them."""

    def __init__(self, config: pytest.Config) -> None:
        """Start with no result."""
        self.config = config
        self.history = read_history(config)
        self.outcomes: dict[str, str] = {}
        self.executed: set[str] = set()
        self.durations: Counter[str] = Counter()
        self.code = code_state(config.rootpath) if config.option.ssot_json else ("", False)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in one phase of one test; a test is as bad as its worst phase."""
        nodeid = report.nodeid
        self.durations[nodeid] += report.duration  # type: ignore[assignment]
        phase = report.outcome
        if hasattr(report, "wasxfail"):
            phase = "xfailed" if report.skipped else "xpassed"  # type: ignore[assignment]
        # What is skipped, or expected to fail and not even tried, has not been executed.
        self.executed |= {nodeid} if phase == "failed" or (report.when, phase) in _EXECUTED else set()
        known = self.outcomes.get(nodeid, "passed")
        self.outcomes[nodeid] = known if phase == "passed" else phase
        if report.when not in ("setup", "call") and nodeid in self.executed:  # or a worker has died
            self._remember(report)

    def _remember(self, report: pytest.TestReport) -> None:
        before = self.history.get(report.nodeid, {"duration": 0.0, "outcomes": ""})["outcomes"]
        mark = "F" if self.outcomes[report.nodeid] == "failed" else "P"
        seconds, outcomes = round(self.durations[report.nodeid], 4), (before + mark)[-_RUNS_KEPT:]
        self.history[report.nodeid] = {"duration": seconds, "outcomes": outcomes}
        if is_flaky(outcomes):
            report.user_properties.append(("flaky", outcomes))  # JUnit's report shows it

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let a run without an executed test fail; remember the outcomes and write the JSON file."""
        asked = not self.config.option.collectonly
        if session.exitstatus == pytest.ExitCode.OK and not self.executed and asked:
            session.exitstatus = pytest.ExitCode.NO_TESTS_COLLECTED
        cache = _cache(self.config)
        if cache and self.executed:
            cache.set(_HISTORY_KEY, self.history)
        if self.config.option.ssot_json:
            commit, changed = code_state(self.config.rootpath)
            state = {"commit": self.code[0], "changed": changed or self.code != (commit, changed)}
            report = {"exit_status": int(session.exitstatus), **state, **self.summary()}
            Path(self.config.option.ssot_json).write_text(json.dumps(report, indent=1) + "\n", "utf-8")

    def summary(self) -> dict[str, object]:
        """Return counts, outcome and seconds of each test, the slowest and the flaky."""
        slowest = [nodeid for nodeid, _ in self.durations.most_common(_TESTS_SHOWN)]
        tests = {
            nodeid: {"outcome": outcome, "duration": round(self.durations[nodeid], 4)}
            for nodeid, outcome in self.outcomes.items()
        }
        counts = dict(Counter(self.outcomes.values()))
        return {"counts": counts, "slowest": slowest, "flaky": self.flaky_now(), "tests": tests}

    def flaky_now(self) -> list[str]:
        """Return the flaky among the tests of this run."""
        return sorted(nodeid for nodeid in self.executed if is_flaky(self.history[nodeid]["outcomes"]))

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the slowest and the flaky."""
        if not self.outcomes or self.config.option.verbose < 0:
            return
        terminalreporter.section("slowest and flaky")
        for nodeid, seconds in self.durations.most_common(_TESTS_SHOWN):
            terminalreporter.write_line(f"{seconds:8.2f} s  {nodeid}")
        for nodeid in self.flaky_now():
            terminalreporter.write_line(f"   flaky  {nodeid} {self.history[nodeid]['outcomes']}")
