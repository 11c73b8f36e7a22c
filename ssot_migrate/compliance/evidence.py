"""Reports of executed tests: what they prove of the code that was scanned.

A report counts if it names the commit that its tests ran on and nothing that rules read has changed since,
or, where it names none, if its tests began after the commit was made. Only tests in files of the
repository count, so nothing that this program writes can be taken for tests that ran.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple


class Ran(NamedTuple):
    """A report: the outcome of each test by file and name, and what it says of the code they ran on.

    ``changed``: some file differed from ``commit``. ``began`` is in seconds since 1970 (UTC).
    """

    outcomes: Mapping[tuple[str, str], str]
    commit: str = ""
    changed: bool = False
    began: float | None = None

    def counts(self, paths: Iterable[str]) -> Counter[str]:
        """Tests by outcome, of those that stand in one of the repository's files ``paths``."""
        ends: dict[str, list[str]] = {}
        for path in paths:
            ends.setdefault(path.rpartition("/")[2], []).append(f"/{path}")
        ours = {place: _is_ours(place, ends) for place, _ in self.outcomes}
        return Counter(outcome for (place, _), outcome in self.outcomes.items() if ours[place])


def _is_ours(place: str, ends: Mapping[str, Sequence[str]]) -> bool:
    """Whether a path, or the dotted name of a module and classes, stands for a file, seen from any folder."""
    parts = place.split(".")
    dotted = ("/".join(parts[:count]) + ".py" for count in range(len(parts), 0, -1))
    return any(
        path.endswith(f"/{name}")
        for name in (place, *dotted)
        for path in ends.get(name.rpartition("/")[2], ())
    )


def refusals(ran: Ran, committed: int, differs: Mapping[str, bool]) -> Iterator[str]:
    """Why ``ran`` proves nothing of the commit scanned, made at ``committed`` (seconds since 1970, UTC).

    ``differs`` says of each commit known whether anything that rules read has changed since.
    """
    if ran.commit:
        if ran.changed:
            yield "its tests ran on files with uncommitted changes"
        elif ran.commit not in differs:
            yield f"it speaks of {ran.commit[:12]}, which is not known here"
        elif differs[ran.commit]:
            yield f"it speaks of {ran.commit[:12]}, and the code has changed since"
    elif ran.began is None:
        yield "it says neither which commit its tests ran on nor when"
    elif ran.began < committed:
        yield "its tests ran before the commit was made"
