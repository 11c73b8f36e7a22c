"""Foreign text in a terminal: it can neither move the cursor nor colour anything."""

from __future__ import annotations


def plain(text: str) -> str:
    """``text``, character by character, with a picture for what a terminal would obey."""
    return "".join(char if char.isprintable() else _picture(char) for char in text)


def _picture(char: str) -> str:
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else "\N{REPLACEMENT CHARACTER}"
