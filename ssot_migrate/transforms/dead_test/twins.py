"""Copies of test files that no name gives away: put aside under another suffix, or a whole tree of them."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import combinations

from ssot_migrate.edits import Span
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.outline import outline
from ssot_migrate.model import FileKind, Site, Source
from ssot_migrate.transforms.dead_test.backups import is_named_so

ASIDE, TWIN = "put-aside", "copied-tree"
_TEST_FILE = re.compile(r"(?:test_.*|.*_test)\.py")
_STEM = re.compile(r"^(.*?)(?:\.py)?[._-]?(?:\.\w+|~)$")
# A name that stands in more folders than this is a convention, not a copy.
_MOST_FOLDERS = 40
_FEWEST_FILES, _FEWEST_TESTS = 2, 2
_SAME = 0.8


def candidates(paths: Iterable[str]) -> set[str]:
    """Test files that were put aside, and those of folders that have several file names in common."""
    by_name: dict[str, list[str]] = defaultdict(list)
    found = set()
    for path in paths:
        folder, _, name = path.rpartition("/")
        if _TEST_FILE.fullmatch(name):
            by_name[name].append(folder)
        elif "test" in name.lower() and not name.endswith(".py"):
            found.add(path)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, folders in by_name.items():
        if 1 < len(folders) <= _MOST_FOLDERS:
            for pair in combinations(sorted(folders), 2):
                shared[pair].append(name)
    for pair, names in shared.items():
        if len(names) >= _FEWEST_FILES:
            found |= {f"{folder}/{name}".lstrip("/") for folder in pair for name in names}
    return found


def site_of(rule: str, source: Source) -> Iterator[Site]:
    """The site of such a file, with what its tests are."""
    found = [block for block in outline(source.data) if block.kind == b"def"]
    tests = [block for block in found if block.name.startswith(b"test")]
    if not tests:
        return
    marks = dict.fromkeys(_mark(test.name, source.data[test.start : test.end]) for test in tests)
    kind = ASIDE if source.kind is FileKind.BACKUP else TWIN
    line = source.data.count(b"\n", 0, tests[0].start) + 1
    span = Span(tests[0].start, tests[0].start)
    facts = {"tests": " ".join(marks), "name": tests[0].name.decode("utf-8", "replace")}
    yield Site(rule, kind, source.path, span, line, facts=facts, key=f"file:{live_name(source.path)}")


def _mark(name: bytes, text: bytes) -> str:
    """A test as its name and a sum of its words."""
    return f"{name.decode('utf-8', 'replace')}:{zlib.crc32(b' '.join(text.split())):x}"


def live_name(path: str) -> str:
    """The name that a file would have if it were in use."""
    name = path.rpartition("/")[2]
    stem = _STEM.match(name) if not name.endswith(".py") else None
    return f"{stem[1]}.py" if stem else name


def aside(site: Site, repo: Repository) -> str:
    """What to say of a file under another suffix: nothing reads it."""
    name = live_name(site.path)
    beside = f"{site.path.rpartition('/')[0]}/{name}".lstrip("/")
    count = len(site.facts["tests"].split())
    held = f"{count} tests that no runner collects under this name"
    if beside in repo.modules.paths:
        return f"a backup copy of {beside} ({held}): delete it, since git keeps it"
    return f"{held}: give it a name that is collected, or delete it, since git keeps it"


def copied(site: Site, repo: Repository) -> str:
    """What the file is a copy of, if its whole folder is one; empty if it is none, or the other one is."""
    if is_named_so(site.path):
        return ""
    for other in repo.peers(site.rule, site.key):
        if other.kind == TWIN and other.path != site.path and _are_same(site, other, repo):
            if not _is_copy(site.path, other.path, repo):
                continue
            mine, theirs = (path.rpartition("/")[0] for path in (site.path, other.path))
            files = _same_files(mine, theirs, repo)
            if files >= _FEWEST_FILES:
                return _told(site, other.path, files, repo)
    return ""


def _told(site: Site, other: str, files: int, repo: Repository) -> str:
    folder, theirs = site.path.rpartition("/")[0], other.rpartition("/")[0]
    own, others = folder or "the root", theirs or "the root"
    what = f"its tests stand in {other}, too, as do those of {files} files of {own} in {others}"
    if _is_collected(site.path, repo) != _is_collected(other, repo):
        return f"a backup copy, which is not collected: {what}; delete the copy, since git keeps it"
    return f"one of two things is the copy, this one or the other: {what}; keep the one that is in use"


def _are_same(site: Site, other: Site, repo: Repository) -> bool:
    """Whether nearly all tests of both are the same, and test the same code."""
    own, theirs = (set(each.facts["tests"].split()) for each in (site, other))
    enough = len(own & theirs) >= max(_FEWEST_TESTS, _SAME * max(len(own), len(theirs)))
    return enough and _uses(site.path, repo) == _uses(other.path, repo)


def _uses(path: str, repo: Repository) -> set[str]:
    """The repository's own code that a file uses, less what stands beside it."""
    top = path.rpartition("/")[0] + "/"
    return {used for used in repo.imports.direct(path) if not used.startswith(top)}


def _is_copy(path: str, other: str, repo: Repository) -> bool:
    """Whether it is ``path`` of the two that is told to be the copy."""
    if is_named_so(other):
        return False
    mine, theirs = _is_collected(path, repo), _is_collected(other, repo)
    return theirs if mine != theirs else path > other


def _is_collected(path: str, repo: Repository) -> bool:
    return any(settings.is_test_file(path) for settings in repo.project.pytest_of(path).values())


@lru_cache(maxsize=64)
def _same_files(folder: str, other: str, repo: Repository) -> int:
    """How many files of ``folder`` are the same as those of their name in ``other``."""
    count = 0
    for path in repo.scans:
        for site in repo.scans.sites(path) if path.rpartition("/")[0] == folder else ():
            if site.kind == TWIN:
                peers = repo.peers(site.rule, site.key)
                count += any(p.path.rpartition("/")[0] == other and _are_same(site, p, repo) for p in peers)
    return count
