"""Gate: a result parses with the oldest Python that the project says it supports."""

from __future__ import annotations

import ast
import sys
import warnings


def too_new(before: bytes, after: bytes, minor: int) -> str:
    """A reason if ``after`` needs more than Python 3.``minor`` and ``before`` did not; empty if not."""
    if minor >= sys.version_info.minor or _parses(after, minor) or not _parses(before, minor):
        return ""
    return f"target-version: would not parse with Python 3.{minor}"


def _parses(text: bytes, minor: int) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(text.decode("utf-8-sig"), feature_version=(3, minor))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
