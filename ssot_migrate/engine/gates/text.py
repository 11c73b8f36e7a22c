"""The gates that need no more than the text of a file before and after its edits."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.engine.gates.comments import lost_comment
from ssot_migrate.engine.gates.head import displaced_head
from ssot_migrate.engine.gates.names import new_undefined


def failed_gate(before: bytes, after: bytes, edits: Sequence[Edit]) -> str:
    """Why ``after`` (UTF-8 text of a Python file) must not be written; empty if nothing speaks against it."""
    return lost_comment(before, edits) or displaced_head(before, after) or new_undefined(before, after, edits)
