"""One import statement with names taken out or put in, by libcst, so that its comments and layout stay."""

from __future__ import annotations

from collections.abc import Sequence

import libcst
from libcst import Comma, ImportAlias, MaybeSentinel, ParenthesizedWhitespace

ImportNode = libcst.Import | libcst.ImportFrom


def rewritten(code: str, gone: set[str], added: Sequence[tuple[str, str]]) -> str:
    """The import statement ``code`` without the local names ``gone`` and with ``added`` ones.

    ``added`` are pairs of name and local name. A statement that would import nothing is given back as it is.
    """
    line = libcst.ensure_type(libcst.parse_statement(code), libcst.SimpleStatementLine)
    node = line.body[0]
    assert isinstance(node, ImportNode)
    assert not isinstance(node.names, libcst.ImportStar)
    kept = [alias for alias in node.names if _local(alias) not in gone]
    fresh = [_alias(name, local) for name, local in added if local not in {_local(a) for a in kept}]
    if not kept and not fresh:
        return code
    last = node.names[-1].comma
    names = _joined(node, [*kept, *fresh], _uncommented(last) if fresh else last)
    whole = [line.with_changes(body=[node.with_changes(names=names)])]
    newline = "\r\n" if "\r\n" in code else "\n"
    return libcst.Module(whole, default_newline=newline).code.rstrip("\r\n")


def _uncommented(comma: Comma | MaybeSentinel) -> Comma | MaybeSentinel:
    """A last comma for another name: the comment behind it spoke of the old one."""
    if not isinstance(comma, Comma) or not isinstance(comma.whitespace_after, ParenthesizedWhitespace):
        return comma
    first_line = libcst.TrailingWhitespace(newline=comma.whitespace_after.first_line.newline)
    return comma.with_changes(whitespace_after=comma.whitespace_after.with_changes(first_line=first_line))


def _joined(node: ImportNode, names: Sequence[ImportAlias], last: Comma | MaybeSentinel) -> list[ImportAlias]:
    """``names`` with commas between, and after the last what stood after the last before."""
    old_last = node.names[-1] if isinstance(node.names, Sequence) else None
    between = [
        alias if isinstance(alias.comma, Comma) and alias is not old_last else _followed(alias, node)
        for alias in names[:-1]
    ]
    return [*between, names[-1].with_changes(comma=last)]


def _followed(alias: ImportAlias, node: ImportNode) -> ImportAlias:
    """``alias`` with a comma in the statement's own style; a comment behind it stays behind it."""
    between = _between(node)
    old = alias.comma
    if isinstance(old, Comma) and isinstance(old.whitespace_after, ParenthesizedWhitespace):
        if isinstance(between, ParenthesizedWhitespace):
            between = between.with_changes(first_line=old.whitespace_after.first_line)
        else:
            between = old.whitespace_after
    return alias.with_changes(comma=Comma(whitespace_after=between))


def _between(node: ImportNode) -> libcst.BaseParenthesizableWhitespace:
    """What stands between two names: one space, or a new line where the bracket opens with one."""
    opening = node.lpar.whitespace_after if isinstance(node, libcst.ImportFrom) and node.lpar else None
    if isinstance(opening, ParenthesizedWhitespace):
        first_line = libcst.TrailingWhitespace(newline=opening.first_line.newline)
        return opening.with_changes(first_line=first_line, empty_lines=[])
    return libcst.SimpleWhitespace(" ")


def _local(alias: ImportAlias) -> str:
    if alias.asname:
        return libcst.ensure_type(alias.asname.name, libcst.Name).value
    name: str = alias.evaluated_name
    return name.partition(".")[0]


def _alias(name: str, local: str) -> ImportAlias:
    asname = libcst.AsName(libcst.Name(local)) if local != name else None
    return ImportAlias(libcst.Name(name), asname=asname)
