"""The base as two runs of it agree, whole or in part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import msgspec

from ssot_migrate.verify.model import Outcome, Run

FATAL = frozenset({Outcome.KILLED, Outcome.TIMEOUT})
BAD = frozenset({Outcome.FAILED, Outcome.ERROR, *FATAL})


class Base(NamedTuple):
    """The base as two runs of it agree: its tests, and those on which they do not agree."""

    run: Run
    flaky: frozenset[str]

    @property
    def broken(self) -> tuple[str, ...]:
        """Tests that fail without any change."""
        tests = self.run.tests.items()
        return tuple(sorted(name for name, test in tests if test.outcome in BAD and name not in self.flaky))


def base_of(first: Run, second: Run) -> Base:
    """The first run, and the tests whose outcome, or being there at all, differs in the second."""
    names = first.tests.keys() | second.tests.keys()
    flaky = {name for name in names if _outcome(first, name) is not _outcome(second, name)}
    return Base(first, frozenset(flaky))


def restricted(base: Base, selected: Collection[str]) -> Base:
    """The base as far as the test files ``selected`` go; what is no Python file always counts."""

    def is_wanted(test: str) -> bool:
        path = test.partition("::")[0]
        return path in selected or not path.endswith(".py")

    tests = {name: test for name, test in base.run.tests.items() if is_wanted(name)}
    run = msgspec.structs.replace(base.run, tests=tests)
    return Base(run, frozenset(name for name in base.flaky if is_wanted(name)))


def moved(base: Base, places: Mapping[str, str]) -> Base:
    """The base with the tests of files that stand elsewhere by now under the ids that they have there.

    ``places`` are new paths by old ones, of files whose bytes are the same in both.
    """

    def there(test: str) -> str:
        path, colons, rest = test.partition("::")
        return f"{places.get(path, path)}{colons}{rest}"

    tests = {there(name): test for name, test in base.run.tests.items()}
    return Base(msgspec.structs.replace(base.run, tests=tests), frozenset(map(there, base.flaky)))


def _outcome(run: Run, name: str) -> Outcome | None:
    return run.tests[name].outcome if name in run.tests else None
