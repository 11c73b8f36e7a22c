"""Which service owns a path: by the team's globs, else by the top-level folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pathspec import GitIgnoreSpec

ROOT = "root"


class Services:
    """Assigns each path to exactly one service; the first glob in the settings' order wins."""

    def __init__(self, globs: Mapping[str, Sequence[str]]) -> None:
        """Compile git-ignore style ``globs`` per service; none: top-level folders."""
        self.specs = {name: GitIgnoreSpec.from_lines(patterns) for name, patterns in globs.items()}

    def of(self, path: str) -> str:
        """The service of a repository-relative path; ``root`` for files of no service."""
        for name, spec in self.specs.items():
            if spec.match_file(path):
                return name
        top, slash, _ = path.partition("/")
        return top if slash and not self.specs else ROOT

    def assign(self, paths: Iterable[str]) -> dict[str, str]:
        """Path to service, for all ``paths``."""
        return {path: self.of(path) for path in paths}


class Excludes:
    """Paths that no rule looks at: git-ignore patterns of the settings over the defaults."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Compile the patterns."""
        self.spec = GitIgnoreSpec.from_lines(patterns)

    def __contains__(self, path: object) -> bool:
        """Whether a path is excluded."""
        return isinstance(path, str) and self.spec.match_file(path)
