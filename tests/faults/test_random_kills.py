"""Killed at moments that nobody has chosen: ``SSOT_KILLS`` times, by the seed ``SSOT_KILL_SEED``."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from pathlib import Path
from typing import NamedTuple

import pytest

from ssot_migrate.errors import ExitCode
from tests.faults.conftest import PAGE
from tests.faults.ground import OPTIONS, Ground, State

pytestmark = pytest.mark.heavy
KILLS = int(os.environ.get("SSOT_KILLS", "8"))
SEED = int(os.environ.get("SSOT_KILL_SEED") or random.randrange(2**32))
APPLY, IN_PLACE = ("apply", *OPTIONS), ("apply", *OPTIONS, "--in-place")
COMMANDS = (("plan", *OPTIONS), APPLY, IN_PLACE, ("undo", "--last"), (*APPLY, "--resume"))
NOT_ON_RECORD = "killed with no interrupted run on record"
PASSAGE = re.compile(r"(<!-- written by tests/faults/test_random_kills.py -->\n).*?(<!-- end -->)", re.DOTALL)


class Calm(NamedTuple):
    """What undisturbed runs do: their seconds by command, our branches, and the files in place."""

    seconds: dict[str, float]
    branches: dict[str, str]
    files: dict[str, bytes]


def fresh(template: Ground, where: Path) -> Ground:
    """A copy of a ground that is made once for all kills."""
    shutil.copytree(template.where, where)
    ground = copy(template)
    ground.where, ground.root = where, where / "repo"
    ground.env = template.env | {"SSOT_MIGRATE_CACHE": str(where / "cache")}
    return ground


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """A ground with nothing done on it."""
    return Ground(tmp_path_factory.mktemp("template"))


@pytest.fixture(scope="module")
def calm(template: Ground, tmp_path_factory: pytest.TempPathFactory) -> Calm:
    """Undisturbed runs of all commands."""
    where = tmp_path_factory.mktemp("calm")
    ground = fresh(template, where / "branches")
    seconds = {}
    for words in (COMMANDS[0], APPLY):
        begun = time.monotonic()
        assert ground.run(*words, "--no-cache").returncode == ExitCode.OK
        seconds[words[0]] = time.monotonic() - begun
    branches = ground.branches()
    begun = time.monotonic()
    assert ground.run("undo", "--last").returncode == ExitCode.OK
    seconds["undo"] = time.monotonic() - begun
    place = fresh(template, where / "place")
    assert place.run(*IN_PLACE).returncode == ExitCode.OK
    return Calm(seconds, branches, dict(place.state().files))


def struck(ground: Ground, words: Sequence[str], moment: float, whole: bool) -> int:
    """How the command ended that was to be killed at that moment, alone or with all that it had started."""
    command = [sys.executable, "-m", "ssot_migrate", *words, *([] if words[0] == "undo" else ["--no-cache"])]
    process = subprocess.Popen(
        command,
        cwd=ground.root,
        env=ground.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(moment)
    (os.killpg if whole else os.kill)(process.pid, signal.SIGKILL)
    code = process.wait()
    while _is_alive(process.pid):
        time.sleep(0.05)  # what it had started ends by itself
    return code


def _is_alive(group: int) -> bool:
    """Whether a process of a group runs; one that is dead and not yet reaped does not."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its = stat.read_text().rpartition(")")[2].split()[:3]
            if its == str(group) and state != "Z":
                return True
    return False


def again(ground: Ground, words: Sequence[str]) -> str:
    """The second try as a person makes it; what had to be done for it besides calling the command again."""
    done, took = ground.run(*words), ""
    if "no interrupted run is on record" in done.stderr:
        if "--in-place" in words:
            return NOT_ON_RECORD
        words, took = APPLY, NOT_ON_RECORD
        done = ground.run(*words)
    if done.returncode == ExitCode.REFUSED and "remove that file" in done.stderr:
        (lock,) = re.findall(r"'([^']+\.lock)'", done.stderr)
        (ground.root / lock).unlink()
        assert ground.run(*words).returncode == ExitCode.OK
        return "a lock of git's removed"
    assert done.returncode == ExitCode.OK or (words[0] == "undo" and "is undone" in done.stderr), done.stderr
    return took


def assert_between(ground: Ground, before: State, calm: Calm) -> None:
    """Nothing is half-done: branches all or none, each file old or new, all else as it was."""
    ground.assert_sound()
    assert ground.branches() in ({}, calm.branches)
    now = ground.state()
    assert (now.staged, now.refs) == (before.staged, before.refs)
    for name, data in now.files.items():
        if not re.search(r"/\.[^/]+\.tmp$", f"/{name}"):
            assert data in (before.files.get(name), calm.files.get(name)), name


def one(number: int, template: Ground, where: Path, calm: Calm) -> str:
    """One kill, the second try, and ``undo``; in a word, what was killed and what it took."""
    draw = random.Random(SEED + number)
    words, whole = draw.choice(COMMANDS), draw.random() < 0.5
    ground = fresh(template, where)
    before = ground.state()
    if words[0] == "undo":
        assert ground.run(*draw.choice((APPLY, IN_PLACE))).returncode == ExitCode.OK
    if "--resume" in words:
        struck(ground, APPLY, draw.uniform(0.5, 1) * calm.seconds["apply"], whole)
    code = struck(ground, words, draw.uniform(0, 1.05) * calm.seconds[words[0]], whole)
    assert_between(ground, before, calm)
    on_record = list((ground.root / ".git/ssot-migrate").glob("journal/*.json"))
    second = (*words, "--resume") if words in (APPLY, IN_PLACE) and on_record else words
    took = again(ground, second) if code != ExitCode.OK or words[0] != "apply" else ""
    if words[0] == "apply":
        wanted = calm.files if words == IN_PLACE else before.files
        assert dict(ground.state().files) == wanted
        assert ground.branches() == ({} if words == IN_PLACE else calm.branches)
        again(ground, ("undo", "--last"))
    assert (ground.state(), ground.branches()) == (before, {})
    ground.assert_sound()
    shutil.rmtree(where)
    return took or ("killed" if code == -signal.SIGKILL else "came to its end first")


def test_killed_at_random_moments(
    template: Ground, calm: Calm, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Whatever was under way: sound, nothing half-done, the second try succeeds, and `undo` takes it back."""
    print(f"SSOT_KILL_SEED={SEED}")
    counts: Counter[str] = Counter()
    for number in range(KILLS):
        print(f"SSOT_KILLS=1 SSOT_KILL_SEED={SEED + number}")
        counts[one(number, template, tmp_path / str(number), calm)] += 1
    assert counts.total() == KILLS
    if request.config.getoption("--update-golden"):
        told = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
        text = f"{KILLS} kills from seed {SEED}: {told}.\n"
        page = PAGE.read_text("utf-8")
        assert PASSAGE.search(page)
        PAGE.write_text(PASSAGE.sub(rf"\g<1>{text}\g<2>", page), "utf-8")
