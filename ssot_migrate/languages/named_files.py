"""Which Python files a module names by their paths, in strings."""

from __future__ import annotations

import re

_ENDS = (b'.py"', b".py'")
_PATH = re.compile(rb"""(?:[\w.-]+/)*[A-Za-z_][\w-]*\.py(?=["'])""")


def python_files_named(data: bytes) -> tuple[str, ...]:
    """The paths of Python files at the ends of strings, as far as they are written out, each once.

    ``f"{HERE}/functions/echo.py"`` names ``functions/echo.py``; leading dots are left out.
    """
    if not any(end in data for end in _ENDS):
        return ()
    found = (match[0].decode("ascii", "ignore").lstrip("./") for match in _PATH.finditer(data))
    return tuple(sorted(set(found)))
