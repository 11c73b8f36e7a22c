"""Commands of a shell text, read with the bash grammar: lists, pipelines, substitutions, bodies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import msgspec

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM, Fragment, Unreadable
from ssot_migrate.languages.pieces import exact
from ssot_migrate.languages.shell_limits import excess
from ssot_migrate.languages.shell_scopes import reach
from ssot_migrate.languages.shell_words import Range, command, scripts
from ssot_migrate.model import Command, Source, Word

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

    Strays = dict[int, list[Node]]

BROKEN = "the shell text around it does not parse"
SCRIPTS_IN_SCRIPTS = 4
CHANGE_FOLDER = frozenset({"cd", "pushd", "popd", "chdir"})
"""Commands that change what the shell keeps for those behind them: how far they reach is told."""

_NO_WORDS = {"variable_assignment", "file_redirect", "herestring_redirect", "heredoc_redirect", "comment"}
_WORDS = {
    *("word", "number", "string", "raw_string", "ansi_c_string", "translated_string", "concatenation"),
    *("simple_expansion", "expansion", "arithmetic_expansion", "brace_expression"),
    *("command_substitution", "process_substitution"),
}


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
    nodes = (node for node, _ in _walk(_parse(fragment.shell), fragment.shell))
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
    root = _parse(fragment.shell)
    broken = _broken_rows(root)
    strays: Strays = {}
    for node, reason in _walk(root, fragment.shell):
        if node.type == "redirected_statement":
            _keep_strays(node, strays)
        if node.type != "command":
            continue
        rows = range(node.start_point.row, node.end_point.row + 1)
        lock = reason or (BROKEN if not broken.isdisjoint(rows) else "")
        ranges = _ranges(fragment.shell, [*_own_words(node), *strays.get(node.id, ())])
        if ranges:
            heads = [child for child in node.children if child.type == "variable_assignment"]
            found = command(data, fragment, _ranges(fragment.shell, heads), ranges, lock)
            if found.words[0].text in CHANGE_FOLDER:
                subshell, branch = reach(node, fragment, in_script)
                found = msgspec.structs.replace(found, subshell=subshell, branch=branch)
            yield found, list(scripts(fragment.lock(lock), found.words, ranges))


@cache
def _parser() -> Parser:
    from tree_sitter import Language, Parser
    from tree_sitter_bash import language

    return Parser(Language(language()))


def _parse(shell: bytes) -> Node:
    reason = excess(shell)
    if reason:
        raise Unreadable(reason)
    return _parser().parse(shell).root_node


def _walk(root: Node, shell: bytes) -> Iterator[tuple[Node, str]]:
    """Each node before its children, with the reason why commands in it cannot be edited."""
    stack = [(root, "")]
    while stack:
        node, inherited = stack.pop()
        children = node.children
        reason = inherited or _lock(node, children, shell)
        yield node, reason
        stack += [(child, reason) for child in reversed(children)]


def _lock(node: Node, children: Sequence[Node], shell: bytes) -> str:
    if node.type == "heredoc_body":
        return "in a here-document"
    if (
        node.type == "command_substitution"
        and node.text
        and node.text.startswith(b"`")
        and b"\\" in node.text
    ):
        return "in backquotes with escapes"
    if node.type in ("command", "redirected_statement"):
        gaps = (shell[before.end_byte : after.start_byte] for before, after in pairwise(children))
        # The grammar loses a lone ``-`` before ``<<``.
        return BROKEN if any(gap.replace(b"\\\n", b"").strip() for gap in gaps) else ""
    return ""


def _broken_rows(root: Node) -> set[int]:
    """The rows of every outermost statement with a syntax error in it."""
    failed = [root] if root.is_error else [child for child in root.children if child.has_error]
    return {row for node in failed for row in range(node.start_point.row, node.end_point.row + 1)}


def _own_words(command: Node) -> Iterator[Node]:
    return (child for child in command.children if child.type not in _NO_WORDS)


def _keep_strays(statement: Node, strays: Strays) -> None:
    """Give words after a redirection, which the grammar takes for its targets, to their command."""
    owner: Node | None = statement.children[0]
    while owner is not None and owner.type != "command":
        named = [child for child in owner.named_children if not child.type.endswith("_redirect")]
        owner = named[-1] if named else None
    if owner is None:
        return
    for redirect in statement.children[1:]:
        strays.setdefault(owner.id, []).extend(_stray_words(redirect))


def _stray_words(redirect: Node) -> Iterator[Node]:
    words = [child for child in redirect.children if child.type in _WORDS]
    if redirect.type == "file_redirect":
        yield from words[1:]
    elif redirect.type == "heredoc_redirect":
        yield from words
        for inner in redirect.children:
            if inner.type == "file_redirect":
                yield from _stray_words(inner)


def _ranges(shell: bytes, nodes: Iterable[Node]) -> list[Range]:
    """The ranges of the words; nodes with nothing but a line continuation between them are one word."""
    ranges: list[Range] = []
    for start, end in sorted((node.start_byte, node.end_byte) for node in nodes):
        if ranges and not shell[ranges[-1][1] : start].replace(b"\\\n", b""):
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        elif start < end:
            ranges.append((start, end))
    return ranges
