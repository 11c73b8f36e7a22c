"""From the bytes of a Python file to the UTF-8 text that ``ast`` sees, and back again."""

from __future__ import annotations

import codecs
import io
import tokenize
from collections.abc import Iterable
from itertools import accumulate

from ssot_migrate.edits import Edit

BOM = codecs.BOM_UTF8
BLANK = bytes(byte if byte in b"\r\n" else ord(" ") for byte in range(256))
"""A table of ``bytes.translate`` that leaves line ends alone."""


def encoding_of(data: bytes) -> str:
    """The codec that PEP 263 gives this file (``utf-8`` also where a BOM says so).

    Raises:
        SyntaxError: an unknown codec, or a cookie that contradicts the BOM.
    """
    head = data[:400]
    if b"coding" not in head and not head.startswith(BOM):
        return "utf-8"
    name = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
    return "utf-8" if name == "utf-8-sig" else name


def to_utf8(data: bytes, encoding: str) -> bytes:
    """``data`` as UTF-8; unchanged where it is UTF-8 already.

    Raises:
        UnicodeDecodeError: bytes that ``encoding`` does not have.
    """
    if encoding == "utf-8":
        data.decode("utf-8")
        return data
    return data.decode(encoding).encode("utf-8")


def to_raw(edits: Iterable[Edit], text: bytes, encoding: str) -> tuple[Edit, ...]:
    """Edits on the UTF-8 ``text``, moved to where the same characters stand in ``encoding``."""
    if encoding == "utf-8":
        return tuple(edits)

    def raw(offset: int) -> int:
        return len(text[:offset].decode("utf-8").encode(encoding))

    return tuple(Edit(raw(edit.start), raw(edit.end), edit.text) for edit in edits)


def line_starts(text: bytes) -> list[int]:
    """Byte offset of each line as ``ast`` counts them (LF, CRLF and lone CR end a line)."""
    starts = list(accumulate(map(len, text.splitlines(keepends=True)), initial=0))
    starts[0] = len(BOM) if text.startswith(BOM) else 0
    return starts
