"""Plans after one random edit upon another: from what is remembered as without, whatever was edited."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.workflow import Request, make_plan

GOLDEN = Path(__file__).parents[1] / "golden"
RULES = ("duplicate_helper", "ad_hoc_mock", "service_boundary", "legacy_base_class", "direct_env_access")
STEPS = 10

Lines = list[bytes]
Edit = Callable[[random.Random, Lines], Lines]


def _touch(_: random.Random, lines: Lines) -> Lines:
    return [*lines, b"# touched"]


def _shift(_: random.Random, lines: Lines) -> Lines:
    return [b"# a new first line", *lines]


def _read(_: random.Random, lines: Lines) -> Lines:
    return [*lines, b"import os", b"HOME = os.environ['HOME']"]


def _class(_: random.Random, lines: Lines) -> Lines:
    return [*lines, b"class Extra(TestCase):", b"    def test_it(self):", b"        assert True"]


def _allow(chance: random.Random, lines: Lines) -> Lines:
    place = chance.randrange(len(lines))
    marked = lines[place] + b"  # ssot: " + b"allow[direct-env-access] a test"
    return [*lines[:place], marked, *lines[place + 1 :]]


def _drop(chance: random.Random, lines: Lines) -> Lines:
    place = chance.randrange(len(lines))
    return [*lines[:place], *lines[place + 1 :]]


EDITS: tuple[Edit, ...] = (_touch, _touch, _shift, _shift, _read, _class, _allow, _drop)


def _edit(chance: random.Random, root: Path) -> None:
    """Edit one file, copy it, take it away, or bring all back to what they were at first."""
    path = chance.choice(sorted(root.rglob("*.py")))
    match chance.randrange(12):
        case 0:
            shutil.copy(path, path.with_name(f"{path.stem}_copy.py"))
        case 1:
            path.unlink()
        case 2:
            subprocess.run(["git", "-C", str(root), "checkout", "-q", "first", "--", "."], check=True)
        case _:
            lines = path.read_bytes().split(b"\n")
            path.write_bytes(b"\n".join(chance.choice(EDITS)(chance, lines)))


def _commit(root: Path, message: str) -> None:
    for arguments in (["add", "-A"], ["commit", "-q", "--allow-empty", "-m", message]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)


@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.heavy) for n in range(1, 4))])
def test_what_is_remembered_is_what_would_be_found(seed: int, tmp_path: Path) -> None:
    """A plan of many rules over some two hundred files, after each of several edits."""
    chance = random.Random(seed)
    root = tmp_path / "repository"
    for rule in RULES:
        shutil.copytree(GOLDEN / rule / "before", root / rule)
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    _commit(root, "all")
    subprocess.run(["git", "-C", str(root), "tag", "first"], check=True)
    make_plan(Request(str(root), include_review=True), lambda *_: None)
    for step in range(STEPS):
        _edit(chance, root)
        _commit(root, str(step))
        remembered, anew = (
            make_plan(Request(str(root), include_review=True, use_cache=cached), lambda *_: None)
            for cached in (True, False)
        )
        assert remembered == anew
