"""Where the words of a command stand, those that the grammar takes for a redirection's too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.shell_words import Range

if TYPE_CHECKING:
    from tree_sitter import Node

    Strays = dict[int, list[Node]]
    """Words that stand elsewhere, by the id of the command that they are of."""

_NO_WORDS = {"variable_assignment", "file_redirect", "herestring_redirect", "heredoc_redirect", "comment"}
_WORDS = {
    *("word", "number", "string", "raw_string", "ansi_c_string", "translated_string", "concatenation"),
    *("simple_expansion", "expansion", "arithmetic_expansion", "brace_expression"),
    *("command_substitution", "process_substitution"),
}


def own_words(command: Node) -> Iterator[Node]:
    """The words of a command as the grammar has them."""
    return (child for child in command.children if child.type not in _NO_WORDS)


def keep_strays(statement: Node, strays: Strays) -> None:
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


def ranges_of(shell: bytes, nodes: Iterable[Node]) -> list[Range]:
    """The ranges of the words; nodes with nothing but a line continuation between them are one word."""
    ranges: list[Range] = []
    for start, end in sorted((node.start_byte, node.end_byte) for node in nodes):
        if ranges and not shell[ranges[-1][1] : start].replace(b"\\\n", b""):
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        elif start < end:
            ranges.append((start, end))
    return ranges
