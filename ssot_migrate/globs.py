"""Patterns of paths with git's meaning, which come from a repository and may be made to take for ever."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pathspec import GitIgnoreSpec
from pathspec.pattern import RegexMatchResult
from pathspec.patterns.gitignore import GitIgnorePatternError
from pathspec.patterns.gitignore.spec import GitIgnoreSpecPattern

from ssot_migrate.errors import SettingsError

SECONDS = 0.2
"""How long a pattern may think about one path."""
_HARMLESS_STARS = 2
_SHOWN = 60


def globs(lines: Iterable[str]) -> GitIgnoreSpec:
    """git-ignore patterns, the last that matches wins.

    Raises:
        SettingsError: one is none; what it gives raises it if one takes too long over a path.
    """
    return GitIgnoreSpec.from_lines(lines, pattern_factory=_pattern, backend="simple")


def _pattern(line: str) -> GitIgnoreSpecPattern:
    # `re` tries each star at each character: with few of them that is nothing, and it is the faster one.
    harmless = len(re.findall(r"\*+", line)) <= _HARMLESS_STARS
    try:
        return GitIgnoreSpecPattern(line) if harmless else _Timed(line)
    except GitIgnorePatternError as error:
        raise SettingsError(f"{line[:_SHOWN]!r} is no pattern of paths", hint="as in .gitignore") from error


class _Timed(GitIgnoreSpecPattern):
    """A pattern that remembers what it has tried in vain, and gives up if that is not enough."""

    __slots__ = ()

    def match_file(self, file: Any) -> Any:  # noqa: ANN401 - a match of ``regex`` is as good as one of ``re``
        """As the base does it, in time."""
        if self.regex is None:
            return None
        import regex

        try:
            found: Any = regex.compile(self.regex.pattern).search(file, timeout=SECONDS)
        except TimeoutError:
            shown = f"{str(self.pattern)[:_SHOWN]!r} needs more than {SECONDS} s for {file[:_SHOWN]!r}"
            raise SettingsError(f"the pattern {shown}", hint="say it with fewer stars") from None
        return RegexMatchResult(found) if found else None
