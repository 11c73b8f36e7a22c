"""Gate: a result parses with the oldest Python that the project says it supports."""

from __future__ import annotations

import ast
import sys
import warnings
from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.engine.gates.blocks import changed_blocks
from ssot_migrate.engine.gates.swaps import swaps
from ssot_migrate.languages.lines import Doubtful


def too_new(before: bytes, after: bytes, edits: Sequence[Edit], minor: int) -> str:
    """A reason if ``after`` needs more than Python 3.``minor`` and ``before`` did not; empty if not.

    ``edits`` made ``after`` of ``before``.
    """
    if minor >= sys.version_info.minor or _evidently_old(before, edits, minor):
        return ""
    if _parses(after, minor) or not _parses(before, minor):
        return ""
    return f"target-version: would not parse with Python 3.{minor}"


def _evidently_old(before: bytes, edits: Sequence[Edit], minor: int) -> bool:
    """Whether each changed block parses by itself: no other became newer, nor did a swapped name."""
    swapped = swaps(before, edits)
    try:
        blocks = changed_blocks(before, edits, [edit for edit in edits if edit not in swapped])
    except (Doubtful, UnicodeError):
        return False
    return all(_parses(block.after if block.top else b"if 1:\n" + block.after, minor) for block in blocks)


def _parses(text: bytes, minor: int) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text.decode("utf-8-sig"), feature_version=(3, minor))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
