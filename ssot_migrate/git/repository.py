"""What the program asks of a repository; nothing here writes anything."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Generator, Iterable
from pathlib import Path
from typing import NamedTuple, Self

from ssot_migrate.errors import GitError, UsageError
from ssot_migrate.git.checked_out import checked_out
from ssot_migrate.git.location import Location, locate

PLAIN_MODES = frozenset({"100644", "100755"})
_IN_TREE = re.compile(r"(\d+) \w+ (\w+)\t([^\0]+)\0")
_NOBODY = ("ssot-migrate", "ssot-migrate@localhost")


class Entry(NamedTuple):
    """A plain file as git has it: mode ``100644`` or ``100755``, blob id, repository-relative path.

    A path that is not UTF-8 carries its bytes as surrogates (``os.fsencode`` gives them back).
    """

    mode: str
    oid: str
    path: str


class Repository:
    """A git repository, its own or a linked working tree, or a bare one."""

    def __init__(self, location: Location) -> None:
        """Use ``Repository.open`` to find one."""
        self.work_tree, self.git_dir, self.common_dir, self.git = location
        self._trees: dict[str, list[Entry]] = {}

    @classmethod
    def open(cls, path: Path) -> Self:
        """The repository that ``path`` lies in.

        Raises:
            UsageError: there is none, or git distrusts it.
        """
        return cls(locate(path))

    def head_commit(self) -> str:
        """The commit that HEAD stands for, on a branch or detached.

        Raises:
            UsageError: nothing has been committed yet.
        """
        if found := self._head():
            return found
        raise UsageError("the repository has no commits yet", hint="commit the code to be migrated")

    def is_unborn(self) -> bool:
        """Whether nothing has been committed yet."""
        return not self._head()

    def _head(self) -> str:
        _, found = self.git.status("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        return found.decode().strip()

    def unborn_id(self) -> str:
        """What stands for the commit of a repository that has none: zeros, as many as its ids have digits."""
        return "0" * len(self.git.text("hash-object", "-t", "tree", os.devnull))

    def resolve(self, revision: str) -> str:
        """The commit that a user's ``revision`` names.

        Raises:
            UsageError: there is no such commit here.
        """
        try:
            return self.git.text("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
        except (GitError, ValueError) as error:
            hint = "in a shallow clone: git fetch --unshallow" if self.is_shallow() else "see `git log`"
            raise UsageError(f"there is no commit {revision!r} here", hint=hint) from error

    def is_shallow(self) -> bool:
        """Whether history is cut off."""
        return self.git.text("rev-parse", "--is-shallow-repository") == "true"

    def entries(self, commit: str | None = None) -> list[Entry]:
        """The plain files of ``commit``, or of the index (of HEAD, if bare), in git's order.

        Links, submodules and files in an unresolved merge are left out.
        """
        if commit is None and self.work_tree:
            listed = (record.partition("\t") for record in self.git.names("ls-files", "-s", "-z"))
            rows = (meta.split(" ") + [path] for meta, _, path in listed if meta.endswith(" 0"))
            return [Entry(mode, oid, path) for mode, oid, _, path in rows if mode in PLAIN_MODES]
        return [entry for entry in self.tree(commit or self.head_commit()) if entry.mode in PLAIN_MODES]

    def tree(self, commit: str) -> list[Entry]:
        """Everything that ``commit`` (a full id) holds, links (120000) and submodules (160000) too."""
        if commit not in self._trees:
            self._trees = {commit: self._listed(commit)}
        return self._trees[commit]

    def _listed(self, commit: str) -> list[Entry]:
        listed = self.git.output("ls-tree", "-r", "-z", "--full-tree", "--end-of-options", commit)
        return [Entry(mode, oid, path) for mode, oid, path in _IN_TREE.findall(os.fsdecode(listed))]

    def staged_paths(self, commit: str = "") -> set[str]:
        """Paths whose index entry differs from ``commit``, by default HEAD's."""
        command = ("diff-index", "--cached", "--name-only", "--no-renames", "--ignore-submodules", "-z")
        return set(self.git.names(*command, commit or self.head_commit(), "--"))

    def touched_paths(self) -> set[str]:
        """Paths whose working-tree file may differ from the index: by its stat data, not by content."""
        return set(self.git.names("diff-files", "--name-only", "--ignore-submodules", "-z"))

    def ignored(self, paths: Collection[str]) -> list[str]:
        """Those of ``paths``, files of the working tree, that git ignores and does not track."""
        command = ("--literal-pathspecs", "ls-files", "--others", "--ignored", "--exclude-standard", "-z")
        return self.git.names(*command, "--", *paths) if paths else []

    def read_blobs(self, oids: Iterable[str]) -> Generator[tuple[str, bytes], None, None]:
        """Each blob's id and bytes, in the order asked for, through one process.

        Raises:
            GitError: an object is missing (a partial clone) or is no blob.
        """
        wanted = "".join(f"{oid}\n" for oid in oids).encode()
        with self.git.reading("cat-file", "--batch", stdin=wanted) as stream:
            while header := stream.readline():
                oid, size = _blob_header(header)
                data = stream.read(size + 1)
                yield oid, data[:-1]

    def read_files(self, commit: str | None, paths: Collection[str]) -> dict[str, tuple[bytes, str]]:
        """Bytes and mode of those ``paths`` that are plain files of ``commit`` (None: of the index)."""
        wanted = frozenset(paths)
        found = [entry for entry in self.entries(commit) if entry.path in wanted]
        here = {entry.path: data for entry, data in checked_out(self.work_tree, found)}
        rest = [entry for entry in found if entry.path not in here]
        blobs = self.read_blobs(entry.oid for entry in rest) if rest else ()
        here |= {entry.path: data for entry, (_, data) in zip(rest, blobs, strict=True)}
        return {entry.path: (here[entry.path], entry.mode) for entry in found}

    def identity(self) -> tuple[str, str]:
        """Name and address of who commits here; ``ssot-migrate <ssot-migrate@localhost>`` if not set."""
        try:
            name, _, rest = self.git.text("var", "GIT_COMMITTER_IDENT").rpartition(" <")
        except GitError:
            return _NOBODY
        return name, rest.partition(">")[0]

    def tree_id(self, commit: str) -> str:
        """What names all content of ``commit``, whoever made it and when."""
        return self.git.text("rev-parse", "--verify", "--end-of-options", f"{commit}^{{tree}}")

    def commit_time(self, commit: str) -> int:
        """When ``commit`` was committed, in seconds since 1970 (UTC); 0 for that of ``unborn_id``."""
        if not commit.strip("0"):
            return 0
        command = ("log", "-1", "--no-show-signature", "--format=%ct", "--end-of-options")
        return int(self.git.text(*command, commit))


def _blob_header(header: bytes) -> tuple[str, int]:
    words = header.decode().split()
    if len(words) != 3 or words[1] != "blob":
        raise GitError(f"git has no blob {words[0]}", hint="`git fsck`; in a partial clone, fetch it")
    return words[0], int(words[2])
