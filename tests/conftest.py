"""What all tests share: git settings, caches and temporary files of their own; honest skips."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

settings.register_profile("project", deadline=None, derandomize=os.environ.get("CI") == "true")
settings.load_profile("project")

# A shell that starts the tests in the background has them, and all that they start, ignore Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)

REQUIRE_ALL = os.environ.get("SSOT_REQUIRE_ALL") == "1"
GIT_CONFIG = """\
[user]
    name = Test
    email = test@example.invalid
[init]
    defaultBranch = main
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``: rewrite expected results instead of comparing with them."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden to what comes out")


@pytest.fixture(scope="session", autouse=True)
def _hermetic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    config = tmp_path_factory.mktemp("git") / "config"
    config.write_text(GIT_CONFIG)
    with tempfile.TemporaryDirectory(prefix="tests-") as temporary, pytest.MonkeyPatch.context() as patch:
        # Short for socket paths, and open to the user that a server started by root runs as.
        Path(temporary).chmod(0o711)
        patch.setattr(tempfile, "tempdir", temporary)
        patch.setenv("TMPDIR", temporary)
        patch.delenv("SSOT_REQUIRE_ALL", raising=False)
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("GIT_CONFIG_GLOBAL", str(config))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield
        assert [path.name for path in Path(temporary).glob("ssot-*")] == [], "left behind by some test"


@pytest.fixture(scope="session")
def cannot_be_had() -> Callable[[str], NoReturn]:
    """Skip for want of ``what``, or fail where everything must be there (``SSOT_REQUIRE_ALL=1``)."""

    def give_up(what: str) -> NoReturn:
        reason = f"cannot be had here: {what}"
        if REQUIRE_ALL:
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)

    return give_up


@pytest.fixture(scope="session")
def needs(cannot_be_had: Callable[[str], NoReturn]) -> Callable[[str], str]:
    """Find a program that a test cannot do without, by name: its path, or ``cannot_be_had``."""
    # Debian keeps the servers of PostgreSQL off the PATH.
    folders = (os.environ["PATH"], *map(str, Path("/usr/lib/postgresql").glob("*/bin")))
    places = os.pathsep.join(folders)

    def find(program: str) -> str:
        return shutil.which(program, path=places) or cannot_be_had(program)

    return find
