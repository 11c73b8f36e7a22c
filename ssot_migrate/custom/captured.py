"""What another tool did to files, as a rule: its edits go through the same gates and ledger as all others."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import partial

from ssot_migrate.edits import Edit, Span
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Change, Frozen, Safety, Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform


class Captured(Frozen, frozen=True):
    """Edits of each file (byte offsets in its UTF-8 text), by path; one rule that is called ``slug``."""

    id: str
    slug: str
    summary: str
    files: dict[str, tuple[Edit, ...]] = {}

    def __hash__(self) -> int:
        """Such as the mapping allows."""
        return hash((self.slug, *self.files.items()))

    def transform(self) -> Transform:
        """The rule that makes the edits: those of one file together or not at all, and for review."""
        made = Transform(id=self.id, slug=self.slug, summary=self.summary, places=self._places)
        made.help = (
            f"{self.summary}. Its edits were made by another tool, so that all of them are for review."
        )
        made.detect(ast.Module)(partial(_site, self))
        made.rewrite(partial(_change, self))
        return made

    def _places(self, path: str, data: bytes) -> tuple[int, ...]:
        return tuple(edit.start for edit in self.files.get(path, ()))


def _site(captured: Captured, node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    edits = captured.files.get(doc.source.path)
    if edits:
        first = edits[0].span
        line = doc.text.count(b"\n", 0, first.start) + 1
        yield Site(captured.slug, "file", doc.source.path, first, line)


def _change(captured: Captured, site: Site, repo: Repository, profile: Profile) -> Outcome:
    edits = captured.files[site.path]
    return Change(edits, safety=Safety.REVIEW, note=f"{captured.summary} (edits: {len(edits)})")


def edits_between(before: str, after: str) -> tuple[Edit, ...]:
    """The least edits of whole lines, cut down to what differs in them; line ends stay as they were.

    ``after`` has LF alone; where ``before`` has CRLF, so has what is put in.
    """
    newline = "\r\n" if "\r\n" in before else "\n"
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    plain = [line.replace("\r\n", "\n") for line in old]
    starts = [0]
    for line in old:
        starts.append(starts[-1] + len(line.encode()))
    found = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, plain, new, autojunk=False).get_opcodes():
        if kind != "equal":
            text = "".join(new[j1:j2]).replace("\n", newline)
            found.append(_narrowed("".join(old[i1:i2]), text, starts[i1]))
    return tuple(found)


def _narrowed(old: str, new: str, start: int) -> Edit:
    room = min(len(old), len(new))
    head = next((i for i in range(room) if old[i] != new[i]), room)
    rest = room - head
    tail = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    span = Span(start + len(old[:head].encode()), start + len(old[: len(old) - tail].encode()))
    return Edit(span.start, span.end, new[head : len(new) - tail])
