"""Which service owns a path: by the team's globs, else by CODEOWNERS, else by the top-level folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

ROOT = "root"
CODEOWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")


class Services:
    """Assigns each path to exactly one service."""

    def __init__(
        self, globs: Mapping[str, Sequence[str]], codeowners: str = "", paths: Iterable[str] = ()
    ) -> None:
        """Prepare to assign.

        Args:
            globs: git-ignore style patterns by service; the first that matches wins.
            codeowners: the text of that file, used where there are no ``globs``: a folder
                that it names is a service.
            paths: all files; without ``globs`` a top-level folder that holds Python is a service.
        """
        self.specs = {name: _compiled(patterns) for name, patterns in globs.items()}
        if not globs:
            # The last match wins there, the first one here.
            owned = list(_folders(codeowners))[::-1]
            self.specs = {name: _compiled([pattern]) for name, pattern in owned}
        python = (path for path in paths if path.endswith(".py")) if not globs else ()
        self.tops = frozenset(path.partition("/")[0] for path in python if "/" in path)

    def of(self, path: str) -> str:
        """The service of a repository-relative path; ``root`` for files of no service."""
        for name, spec in self.specs.items():
            if spec.match_file(path):
                return name
        top = path.partition("/")[0]
        return top if top in self.tops else ROOT

    def assign(self, paths: Iterable[str]) -> dict[str, str]:
        """Path to service, for all ``paths``."""
        return {path: self.of(path) for path in paths}


def _folders(codeowners: str) -> Iterator[tuple[str, str]]:
    """Service name and pattern of each CODEOWNERS line that names a plain folder."""
    for line in codeowners.splitlines():
        pattern = line.split("#")[0].split()[0] if line.split("#")[0].split() else ""
        folder = pattern.removesuffix("/**").removesuffix("/*").strip("/")
        plain = folder and not set(folder) & set("*?[]!^") and not folder.startswith("-")
        if plain and pattern.endswith(("/", "/*", "/**")):
            yield folder.rpartition("/")[2], f"/{folder}/"


class Excludes:
    """Paths that no rule looks at: git-ignore patterns of the settings over the defaults."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """Compile the patterns."""
        self.spec = _compiled(patterns)

    def __contains__(self, path: object) -> bool:
        """Whether a path is excluded."""
        return isinstance(path, str) and self.spec.match_file(path)


def _compiled(patterns: Iterable[str]) -> GitIgnoreSpec:
    from ssot_migrate.globs import globs  # where nothing has changed, nobody asks for it

    return globs(patterns)
