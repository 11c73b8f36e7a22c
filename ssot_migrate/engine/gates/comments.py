"""Gate: a comment inside an edited span must stand in its replacement."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterator, Sequence

from ssot_migrate.edits import Edit


def lost_comment(before: bytes, edits: Sequence[Edit]) -> str:
    """The first comment that an edit would lose, as a reason; empty if none."""
    for edit in edits:
        old = before[edit.start : edit.end]
        if b"#" not in old:
            continue
        kept = list(_comments(edit.text))
        for comment in _comments(old.decode("utf-8")):
            if comment not in kept:
                return f"comment-guard: would lose the comment {comment!r}"
            kept.remove(comment)
    return ""


def _comments(code: str) -> Iterator[str]:
    """Comments of a fragment; a fragment that does not tokenize to its end still gives those before."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(code).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return
