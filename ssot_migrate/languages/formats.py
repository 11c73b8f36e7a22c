"""F-strings of Python 3.12 in text that is read by an older one: told by their tokens, without a parser.

What newer Pythons allow in them is a grammar of its own, quotes of the same kind and all; everything
else of such a text the running Python can read. Where a token leaves a doubt, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from typing import NamedTuple

_STRING = rb"(?:(?<![\w\x80-\xff])([rRbBuUfF]{1,2}))?(\"\"\"|'''|\"|')"
_CODE = re.compile(rb"#[^\n]*|[()\[\]{}]|" + _STRING)
_EXPRESSION = re.compile(rb"[#()\[\]{}]|[!=<>]=|[!:=]|" + _STRING)
_GAP = re.compile(rb"(?:[ \t\f]|\\\r?\n)*\Z")
_WIDE_GAP = re.compile(rb"(?:[ \t\f\r\n]|\\\r?\n|#[^\n]*\n)*\Z")
_PLAIN = {
    quote: re.compile(rb"(?:[^\\" + end + rb"]|\\(?:\r\n|.)" + more + rb")*" + quote, re.DOTALL)
    for quote, end, more in (
        (b'"', rb"\"\n", b""),
        (b"'", rb"'\n", b""),
        (b'"""', rb"\"", rb'|"(?!"")'),
        (b"'''", rb"'", rb"|'(?!'')"),
    )
}
_PIECES = {
    quote: re.compile(rb"\\N\{[^{}\n]*\}|\\(?:\r\n|[^{}])|\{\{|\}\}|[{}\n]|" + quote, re.DOTALL)
    for quote in _PLAIN
}
_AFTER = re.compile(rb"(?:=[ ]*)?(?:![rsa])?")
_SPEC = re.compile(rb"[^{}\\\"'\r\n]*")
_PLAIN_PREFIXES = frozenset((b"", b"r", b"b", b"u", b"br", b"rb"))
_FORMAT_PREFIXES = frozenset((b"f", b"fr", b"rf"))


class _Doubt(Exception):
    """A token that may be read in more than one way, or not at all."""


class Strings(NamedTuple):
    """Adjacent string literals, which are one value: where they stand, and the expressions in them."""

    start: int
    end: int
    fields: tuple[tuple[int, int], ...]
    prefixes: frozenset[bytes] = frozenset()


def formats(text: bytes) -> Sequence[Strings] | None:
    """The f-strings of UTF-8 ``text``, each after the one that it is in; None where that is in doubt."""
    reader = _Reader(text)
    try:
        reader.code(0)
    except (_Doubt, RecursionError):
        return None
    return sorted(reader.found, key=lambda one: (one.start, -one.end))


class _Reader:
    """Goes through code from string to string, and through f-strings from field to field."""

    def __init__(self, text: bytes) -> None:
        self.text = text
        self.found: list[Strings] = []

    def code(self, position: int, *, field: bool = False) -> int:
        """Read on to the end; of a ``field``, to what ends its expression, which is returned."""
        pattern, depth, last = _EXPRESSION if field else _CODE, 0, None
        while token := pattern.search(self.text, position):
            mark, position = token[0], token.end()
            if token[2]:
                last = self.beside(last, self.string(token), wide=field or depth > 0)
                position = last.end
            elif mark in (b"(", b"[", b"{"):
                depth += 1
            elif field and not depth and mark in (b"}", b"!", b":", b"="):
                self.keep(last)
                return token.start()
            elif mark in (b")", b"]", b"}"):
                depth -= 1
            if depth < 0 or (field and mark == b"#"):
                raise _Doubt
        if field:
            raise _Doubt
        self.keep(last)
        return position

    def keep(self, strings: Strings | None) -> None:
        """Remember literals that are complete, if one of them is an f-string."""
        if strings and not strings.prefixes.isdisjoint(_FORMAT_PREFIXES):
            if any(b"b" in prefix for prefix in strings.prefixes):
                raise _Doubt
            self.found.append(strings)

    def beside(self, last: Strings | None, one: Strings, *, wide: bool) -> Strings:
        """``one`` joined to the ``last`` literals if nothing stands between; else those are complete."""
        gap = _WIDE_GAP if wide else _GAP
        if last and gap.match(self.text[last.end : one.start]):
            return Strings(last.start, one.end, (*last.fields, *one.fields), last.prefixes | one.prefixes)
        self.keep(last)
        return one

    def string(self, token: re.Match[bytes]) -> Strings:
        """The literal that opens at ``token``."""
        prefix, quote = (token[1] or b"").lower(), token[2]
        if prefix in _FORMAT_PREFIXES:
            fields = tuple(self.fields(token.end(), quote, raw=b"r" in prefix))
            *expressions, (_, end) = fields
            return Strings(token.start(), end, tuple(expressions), frozenset((prefix,)))
        closed = _PLAIN[quote].match(self.text, token.end())
        if prefix not in _PLAIN_PREFIXES or not closed:
            raise _Doubt
        return Strings(token.start(), closed.end(), (), frozenset((prefix,)))

    def fields(self, position: int, quote: bytes, *, raw: bool) -> Iterator[tuple[int, int]]:
        """The expressions of an f-string, and last where it ends."""
        while piece := _PIECES[quote].search(self.text, position):
            mark, position = piece[0], piece.end()
            if mark == quote:
                yield position, position
                return
            if mark == b"{":
                position = yield from self.field(position)
            elif mark == b"}" or (mark == b"\n" and len(quote) == 1) or (raw and mark.startswith(b"\\N{")):
                break
        raise _Doubt

    def field(self, position: int) -> Generator[tuple[int, int], None, int]:
        """The expression of a field that opens before ``position``, those of its format, and its end."""
        stop = self.code(position, field=True)
        expression = self.text[position:stop]
        first = stop - len(expression.lstrip())
        last = first + len(expression.strip())
        if first == last:
            raise _Doubt
        yield first, last
        after = _AFTER.match(self.text, stop)
        end = after.end() if after else stop
        if self.text.startswith(b":", end):
            end = yield from self.spec(end + 1)
        if not self.text.startswith(b"}", end):
            raise _Doubt
        return end + 1

    def spec(self, position: int) -> Generator[tuple[int, int], None, int]:
        """The expressions in a format that opens before ``position``, and its end."""
        while plain := _SPEC.match(self.text, position):
            position = plain.end()
            if not self.text.startswith(b"{", position) or self.text.startswith(b"{{", position):
                break
            position = yield from self.field(position + 1)
        return position
