"""Foreign text in a terminal: it can neither move the cursor nor colour anything, nor begin a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import islice

import click

_AT_ONCE = 1000  # what is done with more at a time leaves the processor's cache


def say(text: str, *, fg: str | None = None, bold: bool = False, nl: bool = True, err: bool = False) -> None:
    """Print a line on stdout, or on stderr with ``err``; what it quotes cannot make it two."""
    click.secho(plain(text), fg=fg, bold=bold or None, nl=nl, err=err)


def say_all(texts: Iterable[str]) -> None:
    """Print many lines on stdout, each as ``say`` would, and a thousand of them at once."""
    rest = iter(texts)
    while lines := list(islice(rest, _AT_ONCE)):
        if not "".join(lines).isprintable():
            lines = list(map(plain, lines))
        # Nothing in them is a colour: "color" spares the search for some, which costs more than all else.
        click.echo("\n".join(lines), color=True)


def pour(data: bytes | str) -> None:
    """Print what another program may read on stdout: to the byte, but in a terminal lines of plain text."""
    if not sys.stdout.isatty():
        click.echo(data, nl=False)
        return
    text = data.decode("utf-8", "replace") if isinstance(data, bytes) else data
    # Tabs are let through: they are indentation, and a terminal only makes room for them.
    lines = ("\t".join(map(plain, line.split("\t"))) for line in text.split("\n"))
    click.echo("\n".join(lines), nl=False)


def plain(text: str) -> str:
    """``text``, character by character, with a picture for what a terminal would obey."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _picture(char) for char in text)


def _picture(char: str) -> str:
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else "\N{REPLACEMENT CHARACTER}"
