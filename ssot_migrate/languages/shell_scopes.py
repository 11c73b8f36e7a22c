"""How far a change of the shell's own state reaches: a subshell, or a part that may not run."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import Fragment

if TYPE_CHECKING:
    from tree_sitter import Node

_SUBSHELLS = {"subshell", "command_substitution", "process_substitution"}
_BRANCHES = {
    *("function_definition", "if_statement", "elif_clause", "else_clause", "case_item"),
    *("while_statement", "for_statement", "c_style_for_statement"),
}


class Reach(NamedTuple):
    """The parts of a file that a command stands in; ``branch`` may not run, or not where it stands."""

    subshell: Span | None = None
    branch: Span | None = None


def reach(command: Node, fragment: Fragment, in_script: bool) -> Reach:
    """The innermost subshell and branch around ``command``; ``in_script``: ``sh -c`` runs the whole text."""
    branch: Span | None = None
    node: Node | None = command
    while node is not None:
        if _is_subshell(node):
            return Reach(_place(node, fragment), branch)
        branch = branch or _branch(node, fragment)
        node = node.parent
    return Reach(fragment.span if in_script else None, branch)


def _is_subshell(node: Node) -> bool:
    after, around = node.next_sibling, node.parent
    parted = around is not None and around.type == "pipeline"
    return node.type in _SUBSHELLS or parted or (after is not None and after.type == "&")


def _branch(node: Node, fragment: Fragment) -> Span | None:
    around = node.parent
    if around is not None and around.type == "list" and node.prev_sibling is not None:
        return _place(node, fragment) if node.prev_sibling.type == "||" else None
    if around is None or around.type not in _BRANCHES:
        return None
    others = (child.start_byte for child in around.children if child.type in ("elif_clause", "else_clause"))
    return fragment.place(
        around.start_byte, min((at for at in others if at > node.start_byte), default=around.end_byte)
    )


def _place(node: Node, fragment: Fragment) -> Span:
    return fragment.place(node.start_byte, node.end_byte)
