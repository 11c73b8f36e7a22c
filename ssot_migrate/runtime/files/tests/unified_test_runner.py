"""The one entry to the tests of this repository: categories, services, parallel runs, one report.

``python tests/unified_test_runner.py [paths] [options] [-- pytest arguments]``; other runners call ``main``.
The exit status is pytest's; a run in which no test was executed fails with 5.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__" and Path(sys.path[0]).resolve() == ROOT / "tests":
    del sys.path[0]  # a folder of tests may be called as a package that the tests import
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

_PLUGINS = ("test_framework.ssot.pytest_plugin", "test_framework.ssot.runner_plugin")
_INTERNAL_ERROR, _USAGE_ERROR = 3, 4
_MODES = {
    "fast_feedback": ("smoke", "unit"),
    "nightly": (),
    "real_services": (),
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """End with the status that pytest has for a wrong command line."""
        self.print_usage(sys.stderr)
        self.exit(_USAGE_ERROR, f"{self.prog}: error: {message}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="unified_test_runner", description=__doc__, allow_abbrev=False)
    add = parser.add_argument
    add("paths", nargs="*", help="files, folders or node ids")
    add(
        "--category",
        action="append",
        default=[],
        help="only tests with this mark or in a folder of this name",
    )
    add("--service", action="append", default=[], help="only tests in a folder of this name")
    add("--pattern", default="", help="only test files whose path holds this glob")
    add("--markers", "-m", metavar="EXPR", help="as pytest -m")
    add("--keyword", "-k", metavar="EXPR", help="as pytest -k")
    add("--execution-mode", choices=sorted(_MODES), help="fast_feedback: lower layers; the others: all")
    add("--real-services", action="store_true", help="start PostgreSQL and Redis first")
    add("--compose", metavar="FILE", help="start the services of a compose file first, with Docker")
    add("--keep", action="store_true", help="leave the containers running, for a look")
    add("--parallel", type=int, default=0, metavar="N", help="worker processes (pytest-xdist)")
    add("--fail-fast", "-x", action="store_true", help="stop at the first failure")
    add("--maxfail", type=int, metavar="N", help="stop after N failures")
    add("--timeout", type=float, metavar="S", help="seconds for one test (pytest-timeout)")
    add("--junit", metavar="FILE", help="write a JUnit report")
    add("--json", metavar="FILE", help="write a JSON report")
    add("--verbose", "-v", action="count", default=0)
    add("--quiet", "-q", action="count", default=0)
    return parser


def pytest_arguments(options: argparse.Namespace, verbatim: Sequence[str]) -> list[str]:
    """Return the pytest command line that the options ask for."""
    arguments = [argument for plugin in _PLUGINS for argument in ("-p", plugin)]
    categories = [*options.category, *_MODES.get(options.execution_mode, ())]
    arguments += [f"--ssot-category={category}" for category in categories]
    arguments += [f"--ssot-service={service}" for service in options.service]
    valued = {
        "--ssot-pattern": options.pattern,
        "--ssot-json": options.json and str(Path(options.json).absolute()),
        "--junitxml": options.junit,
        "-m": options.markers,
        "-k": options.keyword,
        "--maxfail": 1 if options.fail_fast else options.maxfail,
        "--timeout": options.timeout,
        "-n": options.parallel,
        "--dist": "loadfile" if options.parallel else None,
    }
    for option, value in valued.items():
        arguments += [f"{option}={value}" if option.startswith("--") else f"{option}{value}"] if value else []
    arguments += ["-v"] * options.verbose + ["-q"] * options.quiet
    return [*arguments, *verbatim, *options.paths]


def main(argv: Sequence[str] | None = None) -> int:
    """Run the tests that ``argv`` (by default the command line) asks for; return the exit status."""
    own, verbatim = _split(list(sys.argv[1:] if argv is None else argv))
    parser = _parser()
    try:
        options = parser.parse_args(own)
        for option, wanted, module in (
            ("--parallel", options.parallel, "xdist"),
            ("--timeout", options.timeout, "pytest_timeout"),
        ):
            if wanted and importlib.util.find_spec(module) is None:
                parser.error(f"{option} needs {module.replace('_', '-')} to be installed")
    except SystemExit as stop:
        return int(stop.code or 0)
    return _run(options, pytest_arguments(options, verbatim))


def _split(argv: list[str]) -> tuple[list[str], list[str]]:
    """Return the runner's own arguments and those after ``--``."""
    at = argv.index("--") if "--" in argv else len(argv)
    return argv[:at], argv[at + 1 :]


def _run(options: argparse.Namespace, arguments: list[str]) -> int:
    import pytest

    with ExitStack() as exits:
        began = time.monotonic()
        try:
            services = _start_services(options, exits)
        except (RuntimeError, ValueError, OSError, ImportError) as error:
            sys.stderr.write(f"unified_test_runner: {error}\n")
            return _INTERNAL_ERROR
        if services:
            took = time.monotonic() - began
            sys.stderr.write(f"unified_test_runner: services up in {took:.1f} s: {', '.join(services)}\n")
        return int(pytest.main(arguments))


def _start_services(options: argparse.Namespace, exits: ExitStack) -> list[str]:
    """Start what is asked for; return the names. Local processes stand in where no Docker engine is."""
    real = options.real_services or options.execution_mode == "real_services"
    if options.compose:
        from test_framework.ssot.docker_test_utility import docker_services

        instead = ("postgresql", "redis") if real else ()
        return exits.enter_context(
            docker_services(Path(options.compose), keep=options.keep, without_engine=instead)
        )
    if real:
        from test_framework.ssot.real_services import real_services

        return list(exits.enter_context(real_services()))
    return []


if __name__ == "__main__":
    raise SystemExit(main())
