"""The tree that bash's grammar makes of a shell text, and where in it nothing can be edited."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ssot_migrate.languages.fragments import Unreadable
from ssot_migrate.languages.shell_limits import excess

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

BROKEN = "the shell text around it does not parse"


@cache
def _parser() -> Parser:
    from tree_sitter import Language, Parser
    from tree_sitter_bash import language

    return Parser(Language(language()))


def parse(shell: bytes) -> Node:
    """The root of the tree.

    Raises:
        Unreadable: the text is beyond the limits of the parser.
    """
    reason = excess(shell)
    if reason:
        raise Unreadable(reason)
    return _parser().parse(shell).root_node


def walked(root: Node, shell: bytes) -> Iterator[tuple[Node, str]]:
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


def broken_rows(root: Node) -> set[int]:
    """The rows of every outermost statement with a syntax error in it."""
    failed = [root] if root.is_error else [child for child in root.children if child.has_error]
    return {row for node in failed for row in range(node.start_point.row, node.end_point.row + 1)}
