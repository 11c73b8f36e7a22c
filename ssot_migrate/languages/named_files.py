"""Which Python files a module names by their paths, in strings."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SUFFIX, _QUOTES = b".py", (b'"', b"'")
_SIGNS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-"
_LONGEST = 512
_STEM = re.compile(rb"(?:[\w.-]+/)*[A-Za-z_][\w-]*\Z")


def python_files_named(data: bytes) -> tuple[str, ...]:
    """The paths of Python files at the ends of strings, as far as they are written out, each once.

    ``f"{HERE}/functions/echo.py"`` names ``functions/echo.py``; leading dots are left out.
    """
    found = (stem.decode("ascii", "ignore").lstrip("./") for stem in set(_stems(data)))
    return tuple(sorted({f"{stem}.py" for stem in found}))


def _stems(data: bytes) -> Iterator[bytes]:
    """What stands before the suffix, looked for at the suffix: text has few of those, and many words."""
    position = data.find(_SUFFIX)
    while position >= 0:
        if data.startswith(_QUOTES, position + len(_SUFFIX)):
            before = data[max(0, position - _LONGEST) : position]
            if stem := _STEM.search(before, len(before.rstrip(_SIGNS))):
                yield stem[0]
        position = data.find(_SUFFIX, position + 1)
