"""Backup copies of test files: by a name that says so, and by a live file that holds the same tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.outline import outline
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site

BACKUP = "backup-copy"
_MARK = r"(?:backups?|bak|old|orig|original|copy|copies|saved?|archived?)"
_MARKED = re.compile(rf"(?:^|[._\- ]){_MARK}(?:[._\- ]?\d+)?(?=[._\- ]|$)", re.IGNORECASE)
_MOST = 60
_SAME = 0.8


def is_named_so(path: str) -> bool:
    """Whether a folder or the file itself is named as a backup."""
    return any(_MARKED.search(part) for part in path.removesuffix(".py").split("/"))


def backup(rule: str, doc: PythonDocument) -> Iterator[Site]:
    """The site of a file that is named as a backup and holds tests."""
    if not is_named_so(doc.source.path):
        return
    tests = [block for block in outline(doc.text) if block.kind == b"def" and block.name.startswith(b"test")]
    names = list(dict.fromkeys(block.name.decode("utf-8", "replace") for block in tests))
    if names:
        line = doc.text.count(b"\n", 0, tests[0].start) + 1
        span = Span(tests[0].start, tests[0].start)
        facts = {"tests": " ".join(names[:_MOST]), "name": names[0]}
        yield Site(rule, BACKUP, doc.source.path, span, line, facts=facts)


def questions(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """Which tests stand in the files that may be the live ones."""
    for path in originals(site.path, repo):
        yield from ((path, name) for name in site.facts["tests"].split())


def originals(path: str, repo: Repository) -> list[str]:
    """Files under the same name without the mark, that are not backups themselves; the nearest first."""
    name = _MARKED.sub("", path.rpartition("/")[2].removesuffix(".py")) + ".py"
    found = [
        other for other in repo.modules.by_name.get(name, ()) if other != path and not is_named_so(other)
    ]
    parts = path.split("/")
    return sorted(found, key=lambda other: (-len(set(parts) & set(other.split("/"))), other))[:5]


def live(site: Site, repo: Repository) -> str:
    """What the file is a copy of, and what to do; empty if no live file holds its tests."""
    tests = site.facts["tests"].split()
    for path in originals(site.path, repo):
        there = sum(repo.mentions(path, name) is True for name in tests)
        if there >= _SAME * len(tests):
            held = f"{there} of its {len(tests)} tests stand there, too"
            return f"a backup copy of {path} ({held}): delete it, since git keeps it"
    return ""
