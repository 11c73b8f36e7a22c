"""The branch as one patch, with a head that says where it comes from."""

from __future__ import annotations

from ssot_migrate.reports.summary import Summary

FILE_NAME = "changes.patch"


def patch(summary: Summary, diff: bytes) -> bytes:
    """``diff`` (git's, from the parent to the branch) under comment lines that ``git apply`` skips."""
    head = (
        f"# {summary.branch}: {summary.parent}..{summary.commit}",
        f"# plan {summary.plan}",
        f"# apply with: git apply --index {FILE_NAME}",
        "",
        "",
    )
    return "\n".join(head).encode() + diff
