"""The kinds of hollow tests, and for each what is wrong and what to do."""

from __future__ import annotations

import ast
from typing import NamedTuple

EMPTY, COMMENTED, UNWRITTEN = "empty", "commented-body", "placeholder"
IDLE, CONSTANT, UNREAD, RETURNED = "idle", "constant-assert", "unread-result", "returned-verdict"
SWALLOWED, SKIPPED, UNREACHED, NEVER = "swallowed", "skipped-failure", "unreached", "never-entered"

WHOLE = frozenset({EMPTY, COMMENTED, UNWRITTEN, IDLE, UNREAD, RETURNED})
"""Kinds that hold of a whole test only if nothing that it calls or inherits checks anything."""

_REASONS = {
    EMPTY: "its body is empty, so it passes without running anything: write it, or delete it",
    COMMENTED: "its body is a comment, so it passes without running: bring it back, or delete the test",
    UNWRITTEN: "it only raises NotImplementedError: write it, or mark it as skipped with a reason",
    IDLE: "it runs nothing but its own values, mocks and prints: call the code, and assert what it does",
    CONSTANT: "it asserts only what always holds: assert what the code did",
    UNREAD: "it asserts nothing, and {} is at most printed: assert what is expected of it",
    RETURNED: "it asserts nothing, and nobody looks at what it returns: assert that instead",
    SWALLOWED: "{} swallows the failure of the assertion at {}: assert outside the block, or catch less",
    SKIPPED: "{} turns the failure of the assertion at {} into a skip: assert outside the block",
    UNREACHED: "{} ends the test here, so the check at {} never runs: delete it, or make the end conditional",
    NEVER: "{}, so the assertions in it never run: give it something to do, or delete it",
}
FIXTURES = {
    EMPTY: "its body is empty, so that only its fixtures can fail ({}): write it, or say so",
    IDLE: "besides its fixtures ({}) it runs nothing but its own values, mocks and prints: call the code",
}
"""What is said instead of a test that asks for fixtures, which may run anything."""
SILENT = "{} catches whatever goes wrong, and nothing is asserted: assert the outcome, catch what is expected"


class Hollow(NamedTuple):
    """A hollow piece of a test: what kind, at which node, and what to do."""

    kind: str
    node: ast.stmt
    why: str


def hollow(kind: str, node: ast.stmt, *details: str) -> Hollow:
    """A piece with its kind's reason, in which ``details`` are named."""
    return Hollow(kind, node, _REASONS[kind].format(*details))
