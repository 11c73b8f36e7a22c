"""Commands of a shell text, read with the bash grammar: lists, pipelines, substitutions, bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM, Fragment
from ssot_migrate.languages.pieces import exact
from ssot_migrate.languages.shell_ranges import keep_strays, own_words, ranges_of
from ssot_migrate.languages.shell_scopes import reach
from ssot_migrate.languages.shell_tree import BROKEN, broken_rows, parse, walked
from ssot_migrate.languages.shell_words import command, scripts
from ssot_migrate.model import Command, Source, Word

if TYPE_CHECKING:
    from ssot_migrate.languages.shell_ranges import Strays

SCRIPTS_IN_SCRIPTS = 4
CHANGE_FOLDER = frozenset({"cd", "pushd", "popd", "chdir"})
"""Commands that change what the shell keeps for those behind them: how far they reach is told."""


def texts(source: Source) -> Iterator[Fragment]:
    """The whole script."""
    start = len(BOM) if source.data.startswith(BOM) else 0
    yield exact(source.data, Span(start, len(source.data)))


def outline(source: Source) -> object:
    """Nothing: a script has no structure around its commands."""
    return None


def unread(fragment: Fragment) -> int:
    """How many places of the text are comments or do not parse.

    Raises:
        Unreadable: the text is beyond the limits of the parser.
    """
    nodes = (node for node, _ in walked(parse(fragment.shell), fragment.shell))
    return sum(node.type == "comment" or node.is_error or node.is_missing for node in nodes)


def commands(data: bytes, fragment: Fragment) -> Iterator[Command]:
    """Every simple command of the text, then those of the scripts that it gives to ``sh -c``.

    Raises:
        Unreadable: the text is beyond the limits of the parser.
    """
    seen: set[tuple[Span, tuple[Word, ...]]] = set()
    level = [fragment]
    for depth in range(SCRIPTS_IN_SCRIPTS):
        deeper: list[Fragment] = []
        for text in level:
            for found, inner in _level(data, text, in_script=depth > 0):
                # A substitution in a quoted script stands in both texts.
                if (found.span, found.words) not in seen:
                    seen.add((found.span, found.words))
                    yield found
                deeper += inner
        level = deeper


def _level(data: bytes, fragment: Fragment, in_script: bool) -> Iterator[tuple[Command, list[Fragment]]]:
    """Every command of the text with the script that it gives to ``sh -c``, if it does."""
    root = parse(fragment.shell)
    broken = broken_rows(root)
    strays: Strays = {}
    for node, reason in walked(root, fragment.shell):
        if node.type == "redirected_statement":
            keep_strays(node, strays)
        if node.type != "command":
            continue
        rows = range(node.start_point.row, node.end_point.row + 1)
        lock = reason or (BROKEN if not broken.isdisjoint(rows) else "")
        ranges = ranges_of(fragment.shell, [*own_words(node), *strays.get(node.id, ())])
        if ranges:
            heads = [child for child in node.children if child.type == "variable_assignment"]
            found = command(data, fragment, ranges_of(fragment.shell, heads), ranges, lock)
            if found.words[0].text in CHANGE_FOLDER:
                subshell, branch = reach(node, fragment, in_script)
                found = msgspec.structs.replace(found, subshell=subshell, branch=branch)
            yield found, list(scripts(fragment.lock(lock), found.words, ranges))
