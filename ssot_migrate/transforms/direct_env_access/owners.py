"""``os`` as another module has it: who patches it there, or goes through it, counts on its import."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from ssot_migrate.edits import Span
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import PythonDocument, module_name
from ssot_migrate.model import Site

KIND = "speaks-of-os"
How = Literal["patched", "used"]
_WAYS: tuple[How, ...] = ("patched", "used")
_OWNER = re.compile(rb"([A-Za-z_]\w*)\Z")
_OWNER_AND_COMMA = re.compile(rb"([A-Za-z_]\w*)[ \t\r\n]*,[ \t\r\n]*\Z")
_WORD = re.compile(rb"\w")
_LOOK_BACK = 120


def spoken(rule: str, doc: PythonDocument) -> Iterator[Site]:
    """A site without a hit for each place that names ``os`` in another module: nothing comes of it itself."""
    for start, end, owner, how in _places(doc.text):
        line = bisect_right(doc.starts, start)
        for module in sorted({owner, *_meant(owner, doc)}):
            yield Site(rule, KIND, doc.source.path, Span(start, end), line, key=_key(how, module))


def _places(text: bytes) -> Iterator[tuple[int, int, str, How]]:
    for mark, pattern in ((b".os", _OWNER), (b'"os"', _OWNER_AND_COMMA), (b"'os'", _OWNER_AND_COMMA)):
        at = text.find(mark)
        while at >= 0:
            past = at + len(mark)
            ends = not _WORD.match(text, past)
            if ends and (found := pattern.search(text, max(0, at - _LOOK_BACK), at)):
                patched = pattern is _OWNER_AND_COMMA or text[past : past + 1] in (b'"', b"'")
                yield found.start(), past, found[1].decode(), "patched" if patched else "used"
            at = text.find(mark, past)


def _meant(owner: str, doc: PythonDocument) -> Iterator[str]:
    """The last name of the modules that ``owner`` is imported as."""
    for binding in doc.bindings(doc.tree).get(owner, ()):
        if binding.kind == "import":
            yield binding.dotted.rpartition(".")[2]


def counting_on(site: Site, repo: Repository, *how: How) -> Site | None:
    """A place elsewhere at which ``os`` is ``how`` (any way) in the site's module, as its last name tells."""
    if site.facts.get("root") != "os":
        return None
    module = module_name(site.path).rpartition(".")[2]
    peers = (peer for each in how or _WAYS for peer in repo.peers(site.rule, _key(each, module)))
    return next((peer for peer in peers if peer.path != site.path), None)


def hold_reason(site: Site, repo: Repository) -> str:
    """Who replaces ``os`` in the site's module, and would not reach the accessor; empty if nobody does."""
    peer = counting_on(site, repo, "patched")
    return f"{peer.path}:{peer.line} replaces os in this module" if peer else ""


def _key(how: str, module: str) -> str:
    return f"os-{how}:{module}"
