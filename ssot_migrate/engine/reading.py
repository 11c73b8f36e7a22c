"""Reading Python that may be broken, ancient, newer than we are, or hostile."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable

from ssot_migrate.edits import Span
from ssot_migrate.findings import Problem
from ssot_migrate.languages.decoding import encoding_of, to_utf8
from ssot_migrate.languages.displays import without_formats
from ssot_migrate.languages.formats import formats
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.sparse import outlined
from ssot_migrate.model import Source


def read_python(source: Source) -> PythonDocument | Problem:
    """Parse a file, falling back to libcst for syntax newer than the running Python."""
    decoded = _decoded(source)
    return decoded if isinstance(decoded, Problem) else read_text(source, *decoded)


def read_sparsely(
    source: Source,
    offsets: Iterable[int],
    spans: Iterable[Span],
    inside: Iterable[int],
    imports: bool = True,
) -> PythonDocument | None:
    """Parse a file without the bodies that ``outlined`` finds nobody to ask for; None if that is unsafe."""
    if not is_utf8(source):
        return None
    outline = outlined(source.data, offsets, spans, inside, imports)
    try:
        return outline and PythonDocument(source, source.data, "utf-8", parse(outline.text), outline.blank)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def is_utf8(source: Source) -> bool:
    """Whether the bytes of a file are the text that Python reads."""
    decoded = _decoded(source)
    return not isinstance(decoded, Problem) and decoded[0] is source.data


def _decoded(source: Source) -> tuple[bytes, str] | Problem:
    if b"\0" in source.data:
        return Problem(source.path, "read", "holds NUL bytes: not Python source")
    try:
        encoding = encoding_of(source.data)
        return to_utf8(source.data, encoding), encoding
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        return Problem(source.path, "read", f"cannot be decoded: {error}")


def read_text(source: Source, text: bytes, encoding: str) -> PythonDocument | Problem:
    """Parse the UTF-8 ``text`` of a file whose bytes are in ``encoding``."""
    try:
        tree = parse(text, encoding)
    except SyntaxError as error:
        try:
            tree = parse(newer(text))
        except Unreadable as reason:
            return Problem(
                source.path, "parse", f"{error.msg} (line {error.lineno}); {reason}", error.lineno or 0
            )
    except (ValueError, RecursionError, MemoryError) as error:
        return Problem(source.path, "parse", _refusal(error))
    return PythonDocument(source, text, encoding, tree)


def parse(text: bytes, encoding: str = "utf-8") -> ast.Module:
    """``ast.parse`` of UTF-8 text, silent about the warnings of the code it reads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text if encoding == "utf-8" else text.decode("utf-8"))


def _refusal(error: Exception) -> str:
    deep = isinstance(error, RecursionError | MemoryError)
    return "too deep or too large for Python's parser" if deep else f"{type(error).__name__}: {error}"


class Unreadable(Exception):
    """Why neither the running Python nor libcst can read a text."""


def newer(text: bytes) -> bytes:
    """Text that the running Python refuses, with syntax that is merely newer masked in its place.

    Raises:
        Unreadable: it is broken, or not safe to look at.
    """
    told = _told_by_tokens(text)
    if told is not None:
        return told
    from ssot_migrate.languages.masks import Unmaskable, masked

    try:
        return masked(text)
    except Unmaskable as reason:
        raise Unreadable(str(reason)) from reason


def _told_by_tokens(text: bytes) -> bytes | None:
    """``text`` with its f-strings masked, if nothing else of it is newer, and nothing of it in doubt.

    What only a tuple can be, as what is called or assigned to, no f-string is, and no set.
    """
    found = formats(text)
    if not found:
        return None
    try:
        parse(without_formats(text, found, b"{}"))
        masked = without_formats(text, found, b"()")
        parse(masked)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return masked
