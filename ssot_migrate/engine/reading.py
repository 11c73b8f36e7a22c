"""Reading Python that may be broken, ancient, newer than we are, or hostile."""

from __future__ import annotations

import ast
import warnings

from ssot_migrate.languages.decoding import encoding_of, to_utf8
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Problem, Source


def read_python(source: Source) -> PythonDocument | Problem:
    """Parse a file, falling back to libcst for syntax newer than the running Python."""
    if b"\0" in source.data:
        return Problem(source.path, "read", "holds NUL bytes: not Python source")
    try:
        encoding = encoding_of(source.data)
        text = to_utf8(source.data, encoding)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        return Problem(source.path, "read", f"cannot be decoded: {error}")
    try:
        tree = parse(text, encoding)
    except SyntaxError as error:
        from ssot_migrate.languages.masks import parse_masked

        tree_or_reason = parse_masked(text)
        if isinstance(tree_or_reason, str):
            reason = f"{error.msg} (line {error.lineno}); {tree_or_reason}"
            return Problem(source.path, "parse", reason)
        tree = tree_or_reason
    except (ValueError, RecursionError, MemoryError) as error:
        return Problem(source.path, "parse", f"{type(error).__name__}: {error}")
    return PythonDocument(source, text, encoding, tree)


def parse(text: bytes, encoding: str = "utf-8") -> ast.Module:
    """``ast.parse`` of UTF-8 text, silent about the warnings of the code it reads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text if encoding == "utf-8" else text.decode("utf-8"))


def parse_any(text: bytes) -> str:
    """Empty if ``text`` parses here or, where it is newer syntax, through libcst; else the reason."""
    try:
        parse(text)
    except SyntaxError as error:
        from ssot_migrate.languages.masks import parse_masked

        outcome = parse_masked(text)
        return f"line {error.lineno}: {error.msg}" if isinstance(outcome, str) else ""
    except (ValueError, RecursionError, MemoryError) as error:
        return f"{type(error).__name__}: {error}"
    return ""
