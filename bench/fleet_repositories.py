"""Repositories for the fleet's benchmark: generated, and source archives of real projects."""

from __future__ import annotations

import random
import tarfile
from pathlib import Path

import example

_LEGACY = """\
import os
import unittest
from unittest.mock import AsyncMock, MagicMock, patch


class Test{name}(unittest.TestCase):
    def setUp(self):
        self.url = os.environ.get("URL_{n}", "http://localhost")
        os.environ["MODE_{n}"] = "test"
        self.store = MagicMock()

    def test_{n}_reads(self):
        self.store.get.return_value = {n}
        self.assertEqual(self.store.get("key"), {n})
"""
_PLAIN = '''\
"""Module {n}."""


def total_{n}(rows: list[dict[str, int]]) -> int:
    """Sum of what counts."""
    found = 0
    for row in rows:
        if row.get("kind", 0) == {n}:
            found += row["amount"]
    return found


class Entry{n}:
    """An entry."""

    def __init__(self, amount: int) -> None:
        self.amount = amount

    def doubled(self) -> int:
        return self.amount * 2
'''


def generated(root: Path, number: int) -> None:
    """A repository of 10 to 630 files in one to five services, a fifth of them legacy tests."""
    chance = random.Random(number)
    files = int(10 ** chance.uniform(1, 2.8))
    services = [f"service_{index}" for index in range(chance.randint(1, 5))]
    for n in range(files):
        service = chance.choice(services)
        legacy = chance.random() < 0.2
        folder = root / service / ("tests" if legacy else "app") / f"part_{n % 7}"
        folder.mkdir(parents=True, exist_ok=True)
        text = _LEGACY.format(n=n, name=f"Case{n}") if legacy else _PLAIN.format(n=n) * chance.randint(1, 8)
        (folder / (f"test_{n}.py" if legacy else f"module_{n}.py")).write_text(text)


def unpacked(archive: Path, root: Path) -> None:
    """A source archive as a repository."""
    with tarfile.open(archive) as tar:
        tar.extractall(root, filter="data")


def lay_out(where: Path, archives: list[Path], units: int, env: dict[str, str]) -> None:
    """``units`` repositories below ``where/repos``, archives first, and the fleet.toml that names them."""
    for number in range(units):
        root = where / "repos" / f"{number:03}"
        if number < len(archives):
            unpacked(archives[number], root)
        else:
            generated(root, number)
        for words in (("init", "-q"), ("add", "-A", "-f"), ("commit", "-qm", "base")):
            example.run(["git", "-c", "user.name=B", "-c", "user.email=b@example.invalid", *words], root, env)
    (where / "fleet.toml").write_text('[[group]]\nname = "all"\nrepositories = ["repos/*"]\n')


def lines_of(where: Path) -> dict[str, tuple[int, int]]:
    """Files and lines of Python by unit."""
    found: dict[str, tuple[int, int]] = {}
    for root in sorted((where / "repos").iterdir()):
        texts = [path.read_bytes() for path in root.rglob("*.py") if path.is_file()]
        found[f"repos/{root.name}"] = (len(texts), sum(text.count(b"\n") for text in texts))
    return found
