"""What is measured on: source archives from the package index, pinned by version and hash, or any folder."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import subprocess
import tarfile
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).parent
PINNED = HERE / "corpora.toml"


class Corpus:
    """A git repository to measure on, with a cache of its own beside it."""

    def __init__(self, where: Path, name: str = "corpus") -> None:
        """An empty place below ``where``; ``fill`` it, then ``commit``."""
        self.root, self.cache, self.plan = where / name, where / f"{name}-cache", where / f"{name}-plan.json"

    def fill(self, folder: Path, paths: Iterable[str] | None = None, copies: int = 1) -> Corpus:
        """Copy ``folder`` (or only ``paths`` of it) into a new repository with one commit.

        ``copies`` of the whole stand side by side, if there is to be more than one.
        """
        if paths is None:
            for number in range(copies):
                target = self.root / f"copy{number}" if copies > 1 else self.root
                shutil.copytree(folder, target, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        else:
            for path in paths:
                target = self.root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(folder / path, target)
        self.git("init", "-q")
        self.git("add", "-A", "-f")
        self.commit("base")
        return self

    def git(self, *arguments: str) -> str:
        """Run git in the corpus."""
        command = ["git", *arguments]
        done = subprocess.run(
            command, cwd=self.root, env=self.environment(), check=True, capture_output=True, text=True
        )
        return done.stdout

    def commit(self, message: str) -> None:
        """Commit the whole working tree."""
        self.git("commit", "-q", "--allow-empty", "-am", message)

    def restore(self) -> None:
        """Undo what a peer wrote."""
        self.git("checkout", "-q", "--", ".")
        self.git("clean", "-q", "-f", "-d", "-x")

    def forget_branches(self) -> None:
        """Delete what an ``apply`` made, objects too: to write what is there already is no work."""
        for ref in self.git("for-each-ref", "--format=%(refname)", "refs/heads/ssot").split():
            self.git("update-ref", "-d", ref)
        self.git("repack", "-a", "-d", "-q")
        self.git("prune", "--expire=now")

    def export(self, target: Path) -> Path:
        """Write the stream for ``git fast-import`` that makes what an ``apply`` made, and no more.

        Returned are the marks that it begins with: of the commit that all stands on, so that the stream has
        the blobs of what is new, where it would else have those of the whole tree.
        """
        marks = target.with_suffix(".marks")
        marks.write_text(f":1 {self.git('rev-parse', 'HEAD')}", "utf-8")
        command = ["git", "fast-export", f"--import-marks={marks}", "--glob=refs/heads/ssot/*"]
        with target.open("wb") as stream:
            subprocess.run(command, cwd=self.root, check=True, stdout=stream)
        return marks

    def environment(self) -> dict[str, str]:
        """Variables for all that runs here: an identity for git, and the cache beside the corpus."""
        person = {"NAME": "bench", "EMAIL": "bench@example.invalid"}
        git = {f"GIT_{who}_{key}": value for who in ("AUTHOR", "COMMITTER") for key, value in person.items()}
        # An installed program has its byte code: whoever forbids to write any would measure a compiler.
        own = {"SSOT_MIGRATE_CACHE": str(self.cache), "CI": "1", "PYTHONDONTWRITEBYTECODE": ""}
        return {**os.environ, **git, **own}

    def files(self) -> list[str]:
        """The tracked Python files that are regular files."""
        names = self.git("ls-files", "-z", "*.py").split("\0")[:-1]
        return [name for name in names if not (self.root / name).is_symlink()]

    def size(self, paths: Sequence[str]) -> int:
        """Bytes of ``paths`` together."""
        return sum((self.root / path).stat().st_size for path in paths)

    def sample(self, count: int, where: Path) -> tuple[Corpus, float]:
        """A corpus of ``count`` files, the same in every run, and how many times larger the whole is."""
        files = self.files()
        if count >= len(files):
            return self, 1.0
        chosen = sorted(random.Random(0).sample(files, count))
        part = Corpus(where, f"sample-{count}").fill(self.root, chosen)
        return part, self.size(files) / max(1, self.size(chosen))


def pinned(size: str) -> list[dict[str, str]]:
    """The archives of ``small``, ``medium`` or ``large``: name, version and SHA-256 of each."""
    table = tomllib.loads(PINNED.read_text("utf-8"))
    chosen: list[dict[str, str]] = table[size]["archives"]
    return chosen


def unpacked(size: str, store: Path) -> Path:
    """A folder with the archives of ``size``, downloaded into ``store`` unless they are there.

    Raises:
        SystemExit: an archive is not the pinned one.
    """
    folder = store / size
    if (folder / ".complete").exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for archive in pinned(size):
        _unpack(_download(archive, store), folder, archive["name"])
    (folder / ".complete").touch()
    return folder


def _download(archive: dict[str, str], store: Path) -> Path:
    """The archive's file in ``store``; nothing of it is built or run, which is why pip does not serve."""
    target = store / f"{archive['name']}-{archive['version']}.tar.gz"
    if not target.exists():
        from unearth import PackageFinder  # type: ignore[import-not-found, unused-ignore]

        finder = PackageFinder(index_urls=[_index()], no_binary=[":all:"])
        found = finder.find_best_match(f"{archive['name']}=={archive['version']}").best
        if found is None:
            raise SystemExit(f"the package index has no archive of {archive['name']} {archive['version']}")
        part = target.with_suffix(".part")
        part.write_bytes(finder.session.get(found.link.normalized, timeout=120).content)
        part.replace(target)
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    if digest != archive["sha256"]:
        raise SystemExit(f"{target.name} is not the pinned archive: its SHA-256 is {digest}")
    return target


def _index() -> str:
    done = subprocess.run(["pip", "config", "get", "global.index-url"], capture_output=True, text=True)
    return os.environ.get("PIP_INDEX_URL") or done.stdout.strip() or "https://pypi.org/simple/"


def _unpack(archive: Path, folder: Path, name: str) -> None:
    """The Python files of ``archive`` in ``folder/name``."""
    with tarfile.open(archive) as opened:
        members = [m for m in opened.getmembers() if m.isfile() and m.name.endswith(".py")]
        for member in members:
            member.name = "/".join([name, *member.name.split("/")[1:]])
        opened.extractall(folder, members, filter="data")
