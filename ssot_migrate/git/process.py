"""The one way git is run: with nothing of a repository's own allowed to execute."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO, NoReturn

from ssot_migrate.errors import GitError, SsotMigrateError, UsageError

_COMMAND = (
    "git",
    "--no-replace-objects",
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.fsmonitor=false"),
    *("-c", "protocol.allow=never"),
    # A quick pack is a fifth larger, and made in two thirds of the time; git packs anew by itself.
    *("-c", "pack.compression=1"),
)
_ENVIRONMENT = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_HINTS = (
    ("dubious ownership", "if you trust it: git config --global --add safe.directory <its top folder>"),
    ("promisor", "the clone is partial and git may not fetch here: fetch the missing objects first"),
    (".lock': File exists", "another git process runs, or one was killed: if none runs, remove that file"),
    ("No space left", "free some disk space"),
    ("Out of diskspace", "free some disk space"),
)


class GitProcess:
    """Runs git in one folder. Arguments are a list, never a shell line; output is bytes."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        """Run in ``folder``, with ``environment`` over that of this process."""
        self.folder = folder
        self._environment = {**_ENVIRONMENT, **environment}

    def with_environment(self, **environment: str) -> GitProcess:
        """The same with more in its environment."""
        return GitProcess(self.folder, {**self._environment, **environment})

    def status(self, *arguments: str) -> tuple[int, bytes]:
        """The exit status of a git command and its standard output."""
        return self.attempt(*arguments)[:2]

    def output(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """The standard output of a git command.

        Raises:
            GitError: it failed.
            UsageError: git is missing, or distrusts the repository.
        """
        status, output, errors = self.attempt(*arguments, stdin=stdin)
        if status:
            fail(arguments, errors)
        return output

    def text(self, *arguments: str) -> str:
        """The standard output of a git command as text (file names too), without its last newline."""
        return os.fsdecode(self.output(*arguments)).removesuffix("\n")

    def names(self, *arguments: str) -> list[str]:
        """What a git command prints with ``-z``, such as file names."""
        return os.fsdecode(self.output(*arguments)).split("\0")[:-1]

    def succeeds(self, *arguments: str) -> bool:
        """Whether a git command exits with 0."""
        return self.status(*arguments)[0] == 0

    @contextmanager
    def reading(self, *arguments: str, stdin: bytes) -> Iterator[IO[bytes]]:
        """The standard output of a git command as a stream, to be read to its end within the block."""
        with _spooled(stdin) as stream, self._running(arguments, stream) as process:
            assert process.stdout
            yield process.stdout

    @contextmanager
    def writing(self, *arguments: str) -> Iterator[IO[bytes]]:
        """The standard input of a git command that prints nothing; it is ended if the block raises."""
        with self._running(arguments, PIPE) as process:
            assert process.stdin
            yield process.stdin

    @contextmanager
    def _running(self, arguments: tuple[str, ...], stdin: int | IO[bytes]) -> Iterator[Popen[bytes]]:
        with self._started(arguments, stdin) as process:
            try:
                # A broken pipe means that git has died; its own words below tell why.
                with suppress(BrokenPipeError):
                    yield process
                if process.stdin:
                    with suppress(BrokenPipeError):
                        process.stdin.close()
                errors = process.stderr.read() if process.stderr else b""
            except BaseException:
                process.terminate()
                if process.stdin:
                    with suppress(OSError):
                        process.stdin.close()
                raise
            if process.wait():
                fail(arguments, os.fsdecode(errors))

    def attempt(self, *arguments: str, stdin: bytes = b"") -> tuple[int, bytes, str]:
        """The exit status of a git command, its standard output, and what it said of errors."""
        with self._started(arguments, PIPE) as process:
            output, errors = process.communicate(stdin)
        return process.returncode, output, os.fsdecode(errors)

    def _started(self, arguments: tuple[str, ...], stdin: int | IO[bytes]) -> Popen[bytes]:
        command, environment = [*_COMMAND, *arguments], {**os.environ, **self._environment}
        try:
            return Popen(command, cwd=self.folder, env=environment, stdin=stdin, stdout=PIPE, stderr=PIPE)
        except FileNotFoundError as error:
            if not self.folder.is_dir():
                raise GitError(f"{self.folder} is gone", hint="name a folder that is there") from error
            raise UsageError("git was not found", hint="install git and put it on the PATH") from error


@contextmanager
def _spooled(data: bytes) -> Iterator[IO[bytes]]:
    from tempfile import TemporaryFile

    with TemporaryFile() as stream:
        stream.write(data)
        stream.seek(0)
        yield stream


def fail(arguments: Sequence[str], errors: str) -> NoReturn:
    """Raise what git's own words ``errors`` amount to.

    Raises:
        GitError: it failed.
        UsageError: git distrusts the repository.
    """
    lines = errors.strip().splitlines() or ["failed without a word"]
    message = next((line for line in lines if line.startswith(("fatal:", "error:"))), lines[-1])
    hint = next((hint for sign, hint in _HINTS if sign in errors), "")
    kind: type[SsotMigrateError] = UsageError if "dubious ownership" in errors else GitError
    raise kind(f"git {arguments[0]}: {message}", hint=hint)
