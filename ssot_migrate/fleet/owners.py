"""Who is asked for review: those whom CODEOWNERS names for the files of a branch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

from pathspec import GitIgnoreSpec

from ssot_migrate.errors import SettingsError
from ssot_migrate.globs import globs

_MOST = 5
_NAME = re.compile(r"@([A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)*)")


def owners_of(paths: Iterable[str], codeowners: str) -> tuple[str, ...]:
    """Users and ``org/team`` of ``paths``, who owns most of them first; five at most.

    The last line that matches a path wins, as at the forges. Addresses name nobody whom a forge could ask.
    """
    rules = _rules(codeowners)[::-1]
    counts: Counter[str] = Counter()
    for path in paths:
        counts.update(next((names for spec, names in rules if spec.match_file(path)), ()))
    return tuple(name for name, _ in counts.most_common(_MOST))


def _rules(codeowners: str) -> list[tuple[GitIgnoreSpec, tuple[str, ...]]]:
    found: list[tuple[GitIgnoreSpec, tuple[str, ...]]] = []
    for line in codeowners.splitlines():
        words = line.partition("#")[0].split()
        # GitLab's sections, [Name], group lines and own no file.
        if words and not words[0].startswith(("[", "^[")):
            names = tuple(name[1] for word in words[1:] if (name := _NAME.fullmatch(word)))
            with suppress(SettingsError):  # what is no pattern owns no file
                found.append((globs([words[0]]), names))
    return found
