"""The one table of pytest's options: which the unified runner takes itself, and under which name."""

from __future__ import annotations

from typing import NamedTuple


class Option(NamedTuple):
    """An option of pytest: whether it takes a ``value``, and what it is to the runner.

    ``own``: the runner's name for it; without one it goes to pytest behind ``--``, and
    keeps its meaning. ``legal`` is what a value must look like for the runner to take it.
    ``doubt`` says what it does that a person should look at; a ``question`` runs no test.
    """

    value: bool = False
    own: str = ""
    legal: str = r"[^-].*"
    doubt: str = ""
    question: bool = False


_HIDES = "hides conftest files"
_EARLIER = "selects by an earlier run"
_CONFIG = "chooses a configuration file"
_NUMBER = r"\d*[1-9]\d*(\.\d+)?"  # zero switches off what the project's settings say, which the runner cannot

_SWITCHES = (
    "-s", "-l", "--showlocals", "--no-header", "--no-summary", "--disable-warnings", "--strict-markers",
    "--strict-config", "--strict", "--runxfail", "--ff", "--failed-first", "--nf", "--new-first",
    "--cache-clear", "--full-trace", "--doctest-modules", "--collect-only", "--co", "--pdb", "--trace",
    "--setup-show", "--setup-only", "--continue-on-collection-errors", "--no-cov", "--keep-duplicates",
)  # fmt: skip
_VALUED = (
    "-n", "--numprocesses", "--dist", "-o", "--override-ini", "-r", "-W", "--tb", "--durations", "--ignore",
    "--deselect", "--log-level", "--log-cli-level", "--color", "--capture", "--basetemp",
)  # fmt: skip
_QUESTIONS = (
    "--version",
    "-V",
    "-h",
    "--help",
    "--fixtures",
    "--funcargs",
    "--markers",
    "--fixtures-per-test",
)

# ``-n`` stays pytest's: the runner's ``--parallel`` spreads tests by file.
OPTIONS: dict[str, Option] = {
    **{name: Option() for name in _SWITCHES},
    **{name: Option(value=True) for name in _VALUED},
    **{name: Option(question=True) for name in (*_QUESTIONS, "--setup-plan", "--cache-show")},
    "-v": Option(own="-v"),
    "--verbose": Option(own="--verbose"),
    "-q": Option(own="-q"),
    "--quiet": Option(own="--quiet"),
    "-x": Option(own="-x"),
    "--exitfirst": Option(own="--fail-fast"),
    "--maxfail": Option(value=True, own="--maxfail", legal=r"[1-9]\d*"),
    "-k": Option(value=True, own="-k"),
    "-m": Option(value=True, own="-m"),
    "--junitxml": Option(value=True, own="--junit"),
    "--junit-xml": Option(value=True, own="--junit"),
    "--timeout": Option(value=True, own="--timeout", legal=_NUMBER),
    "-c": Option(value=True, doubt=_CONFIG),
    "--config-file": Option(value=True, doubt=_CONFIG),
    "--rootdir": Option(value=True, doubt="moves pytest's root"),
    "--confcutdir": Option(value=True, doubt=_HIDES),
    "--noconftest": Option(doubt=_HIDES),
    "--pyargs": Option(doubt="takes paths for module names"),
    "-p": Option(value=True, doubt="loads or blocks a plugin"),
    "--lf": Option(doubt=_EARLIER),
    "--last-failed": Option(doubt=_EARLIER),
    "--sw": Option(doubt=_EARLIER),
    "--stepwise": Option(doubt=_EARLIER),
}
LIMITS = frozenset({"-x", "--exitfirst", "--maxfail"})
"""Options that limit the failures: of several, pytest takes the last, and the runner does not."""
