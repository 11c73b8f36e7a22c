"""Sites that are put aside are found again, by every process; without room for them they stay in memory."""

from __future__ import annotations

import multiprocessing
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_migrate.edits import Span
from ssot_migrate.index.packed import NO_SITES, packed
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan
from ssot_migrate.index.scans import Scans
from ssot_migrate.index.shelf import Shelf, apart
from ssot_migrate.model import Site

needs_pread = pytest.mark.skipif(sys.platform == "win32", reason="there sites stay in memory: no pread")


def scan(path: str, *rules: str) -> FileScan:
    """A file with a site of each rule."""
    sites = tuple(Site(rule, "kind", path, Span(n, n + 1), n, key="k") for n, rule in enumerate(rules))
    return FileScan(path, "1", sites=sites, parsed=True)


FILES = [scan("b.py", "r", "other", "r"), scan("a.py"), scan("c.py", "r")]


def put_aside() -> Scans:
    """``FILES`` with their sites on a shelf."""
    shelf = Shelf()
    parts = [apart([packed(each) for each in some]) for some in (FILES[:2], FILES[2:])]
    return Scans([scan for part in parts for scan in shelf.put(part)], shelf)


@needs_pread
def test_sites_are_not_held() -> None:
    """What stays of a file's scan has none, though it tells of which rules they are."""
    scans = put_aside()
    assert {path: (each.sites, each.rules) for path, each in scans.packed.items()} == {
        "a.py": (NO_SITES, ()),
        "b.py": (NO_SITES, ("r", "other")),
        "c.py": (NO_SITES, ("r",)),
    }


def test_scans_are_what_they_were() -> None:
    """One by one, by rule, by key, and in a process that is spawned."""
    scans = put_aside()
    assert dict(scans) == dict(pickle.loads(pickle.dumps(scans))) == {each.path: each for each in FILES}
    assert [(site.path, site.line) for site in scans.sites_of("r")] == [("b.py", 0), ("b.py", 2), ("c.py", 0)]
    assert list(Repository(scans, {}).peers("other", "k")) == [FILES[0].sites[1]]
    assert [scans.whole(each) for each in scans.packed.values()] == [
        packed(each) for each in sorted(FILES, key=lambda each: each.path)
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="no fork there")
def test_forked_processes_read_at_once() -> None:
    """They share one open file, and none moves the place at which another reads."""
    scans = put_aside()
    with multiprocessing.get_context("fork").Pool(4, _use, (scans,)) as pool:
        assert pool.map(_lines, ["b.py", "c.py", "a.py"] * 300) == [[0, 1, 2], [0], []] * 300


_used: list[Scans] = []


def _use(scans: Scans) -> None:
    _used.append(scans)


def _lines(path: str) -> list[int]:
    """Where the sites of a file stand, as this process reads it."""
    return [site.line for site in _used[-1].whole(_used[-1].packed[path]).all_sites()]


_NO_ROOM = """
import resource
from test_shelf import FILES, put_aside
resource.setrlimit(resource.RLIMIT_FSIZE, (10, resource.RLIM_INFINITY))
assert dict(put_aside()) == {each.path: each for each in FILES}
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of file sizes there")
def test_no_room_costs_nothing_but_memory() -> None:
    """A file of sites that cannot grow has no half of them."""
    done = subprocess.run(
        [sys.executable, "-c", _NO_ROOM], cwd=Path(__file__).parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
