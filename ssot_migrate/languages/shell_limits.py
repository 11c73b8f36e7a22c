"""Whether a shell text is safe to parse: the grammar's error recovery is quadratic, in memory too.

A pipeline of 16,000 parts that ends in an error takes two gigabytes. What is refused
here is far beyond what people write: see the limits.
"""

from __future__ import annotations

import re

LONGEST = 64 * 1024
HARMLESS = 2 * 1024
OPERATORS_OF_A_LINE = 400
DEPTH = 100
UNOPENED = 300

_TOKEN = re.compile(
    rb"""\\.|'[^']*'|"(?:\\.|[^"\\])*"|(?<![^\s;|&(])\#[^\n]*"""
    rb"""|(?P<operator>[|&;<>])|(?P<newline>\n)|(?P<open>[({`])|(?P<close>[)}])""",
    re.DOTALL,
)


def excess(shell: bytes) -> str:
    """Why ``shell`` must not be given to the parser, or ``""``."""
    if len(shell) > LONGEST:
        return f"a shell text of more than {LONGEST} bytes"
    if len(shell) <= HARMLESS:
        return ""
    depth = unopened = operators = 0
    joined = False
    for match in _TOKEN.finditer(shell):
        kind = match.lastgroup
        if kind == "newline":
            operators = operators if joined else 0
            continue
        joined = kind == "operator" and match[0] in b"|&"
        operators += kind == "operator"
        depth, unopened = _nesting(kind, depth, unopened)
        if depth > DEPTH or unopened > UNOPENED or operators > OPERATORS_OF_A_LINE:
            return "shell text that is nested or chained beyond reason"
    return ""


def _nesting(kind: str | None, depth: int, unopened: int) -> tuple[int, int]:
    if kind == "open":
        return depth + 1, unopened
    if kind == "close":
        return max(depth - 1, 0), unopened + (depth == 0)
    return depth, unopened
