"""Loaded into pytest by ``verify``: writes down what is collected and how it ends, one JSON line each.

It runs under the Python and the pytest (7 or later) of the project that is tested, so it needs nothing else.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

_VARIABLE, _OPTIONS = "SSOT_VERIFY", "PYTEST_ADDOPTS"
_LONGEST = 6000


def pytest_configure(config: pytest.Config) -> None:
    """Take the settings, out of sight of any pytest that a test starts."""
    given = getattr(config, "workerinput", {}).get(_VARIABLE) or os.environ.pop(_VARIABLE, "")
    if given:
        if hasattr(config, "workerinput") or getattr(config.option, "dist", "no") == "no":
            os.environ[_OPTIONS] = json.loads(given)["options"]  # else workers still have to load this
        config.pluginmanager.register(_Recorder(given, config.rootpath), "ssot-verify")


class _Recorder:
    def __init__(self, given: str, root: Path) -> None:
        settings = json.loads(given)
        self.given, self.root = given, root
        self.tree, self.original = settings["tree"], settings["original"]
        self.results: str = settings["results"]
        self.selected = None if settings["selected"] is None else set(settings["selected"])
        self.left_out = set(settings["left_out"])
        self.ids: dict[str, str] = {}
        self.ended: dict[str, list[str]] = {}

    def write(self, *record: object) -> None:
        line = json.dumps(record).encode() + b"\n"
        descriptor = os.open(self.results, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(descriptor, line)
        finally:
            os.close(descriptor)

    def relative(self, path: Any) -> str:  # noqa: ANN401 - a path of any pytest's kind
        return os.path.relpath(os.path.realpath(str(path)), self.tree).replace(os.sep, "/")

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:  # noqa: ANN401 - pytest-xdist's
        node.workerinput[_VARIABLE] = self.given

    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        if self.selected is None or collection_path.suffix != ".py" or collection_path.is_dir():
            return None
        if collection_path.name in ("__init__.py", "conftest.py"):
            return None
        return None if self.relative(collection_path) in self.selected else True

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        for item in items:
            _, colons, rest = item.nodeid.partition("::")
            self.ids[item.nodeid] = self.relative(item.path) + colons + rest
        dropped = [item for item in items if not self._is_wanted(item)]
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if self._is_wanted(item)]
        for item in items:
            self.write("item", self.ids[item.nodeid], _markers(item), sorted(_fixtures(item)))

    def _is_wanted(self, item: pytest.Item) -> bool:
        path = self.ids[item.nodeid].partition("::")[0]
        chosen = self.selected is None or path in self.selected or not path.endswith(".py")
        return chosen and self.ids[item.nodeid] not in self.left_out

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            path, colons, rest = report.nodeid.partition("::")
            name = self.relative(self.root / path) + colons + rest
            self.write("end", name, "error", report.longreprtext[-_LONGEST:])

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        if nodeid in self.ids:
            self.write("start", self.ids[nodeid])

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "setup":
            self.ended[report.nodeid] = ["passed", ""]
        found = self.ended.setdefault(report.nodeid, ["passed", ""])
        phase = "error" if report.failed and report.when != "call" else str(report.outcome)
        if hasattr(report, "wasxfail"):
            phase = "xfailed" if report.skipped else "xpassed"
        if phase != "passed" and found[0] not in ("failed", "error"):
            found[:] = [phase, report.longreprtext[-_LONGEST:]]

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        if nodeid in self.ids:
            self.write("end", self.ids[nodeid], *self.ended.pop(nodeid, ["error", ""]))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, exitstatus: int) -> None:
        self.write("foreign", dict(self._foreign()))
        self.write("done", int(exitstatus))

    def _foreign(self) -> Any:  # noqa: ANN401 - an iterator of pairs
        for name, module in sorted(sys.modules.items()):
            place = getattr(module, "__file__", None)
            real = os.path.realpath(place) if isinstance(place, str) else ""
            if real and not real.startswith(self.tree + os.sep) and self._has(name, real):
                yield name, place

    def _has(self, name: str, place: str) -> bool:
        """Whether the tree has a module of this name, or this very file."""
        if place.startswith(self.original + os.sep):
            return os.path.exists(self.tree + place[len(self.original) :])
        if name.partition(".")[0] in getattr(sys, "stdlib_module_names", ()):
            return False
        start = name.replace(".", "/")
        places = (f"{root}{start}{end}" for root in ("", "src/") for end in (".py", "/__init__.py"))
        return any(os.path.exists(os.path.join(self.tree, place)) for place in places)


def _markers(item: pytest.Item) -> list[str]:
    return sorted({_shown(mark) for mark in item.iter_markers() if mark.name != "parametrize"})


def _shown(mark: pytest.Mark) -> str:
    try:
        text = f"{mark.name}{mark.args!r}{sorted(mark.kwargs.items())!r}"
    except Exception:  # a test's own objects may do anything when they are shown
        text = mark.name
    return re.sub(r" at 0x[0-9a-f]+", "", text)[:200]


def _fixtures(item: pytest.Item) -> Any:  # noqa: ANN401 - an iterator of names
    own = ("_unittest_", "_xunit_")
    return (name for name in getattr(item, "fixturenames", ()) if not name.startswith(own))
