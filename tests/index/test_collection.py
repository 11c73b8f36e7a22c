"""Test ids told from source, compared with what pytest itself collects."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from ssot_migrate.engine.scan import Scanner
from ssot_migrate.index.collection import collected
from ssot_migrate.index.project import Project
from ssot_migrate.index.pytest_settings import parse_pytest
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import FileKind, Source
from ssot_migrate.transform import Transform

BASE = """\
import unittest

class Base(unittest.TestCase):
    def test_inherited(self): pass

class Steps:
    def test_mixed_in(self): pass
    def check_mixed_in(self): pass
"""
TESTS = """\
import unittest
from unittest import TestCase as Case
from base import Base, Steps

class Direct(unittest.TestCase):
    def test_b(self): pass
    def test_a(self): pass
    test_c = test_a
    def check_not(self): pass

class Chained(Base, Steps):
    def test_own(self): pass

class Alone(Case):
    def runTest(self): pass

class Both(Case):
    def runTest(self): pass
    def test_only(self): pass

class TestPlain(Steps):
    def test_plain(self): pass
    def check_plain(self): pass
    class TestInner:
        def test_inner(self): pass

class TestMade:
    def __init__(self): pass
    def test_never(self): pass

class PlainSuite:
    def test_by_setting(self): pass

class Helper:
    def test_no_test(self): pass
"""


def scan(path: str, text: str) -> FileScan:
    """One file, scanned for all classes."""
    rule = Transform(id="SSOT999", slug="every-class", summary="", words=(), also=("class",), classes=True)
    return Scanner([rule]).scan(Source(path, text.encode(), "0" * 40, FileKind.PYTHON))


def by_pytest(folder: Path, *options: str) -> set[str]:
    """What pytest collects from ``test_all.py`` in ``folder``, without the path."""
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", *options]
    done = subprocess.run([*command, "test_all.py"], cwd=folder, capture_output=True, text=True, check=False)
    return {line.partition("::")[2] for line in done.stdout.splitlines() if "::" in line}


def by_source(settings: str) -> set[str]:
    """What the source tells, under these pytest settings."""
    scans = [scan("base.py", BASE), scan("test_all.py", TESTS)]
    read = parse_pytest("pytest.ini", settings.encode(), "")
    assert read is not None
    repo = Repository(scans, {}, project=Project(pytest={"": read}))
    return set(collected(scans[1], repo.cases, read))


def test_ids_are_those_that_pytest_collects(tmp_path: Path) -> None:
    """Direct, inherited, imported, nested and plain classes, under standard settings and others."""
    (tmp_path / "base.py").write_text(BASE)
    (tmp_path / "test_all.py").write_text(TESTS)
    for settings in (
        "[pytest]\n",
        "[pytest]\npython_classes = Plain* Direct\npython_functions = check_* test_by\n",
    ):
        (tmp_path / "pytest.ini").write_text(settings)
        assert by_source(settings) == by_pytest(tmp_path)
