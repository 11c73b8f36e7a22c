"""One import statement with names taken out or put in, by libcst, so that its comments and layout stay."""

from __future__ import annotations

from collections.abc import Sequence

import libcst


def rewritten(code: str, gone: set[str], added: Sequence[tuple[str, str]]) -> str:
    """The import statement ``code`` without the local names ``gone`` and with the names ``added``."""
    line = libcst.ensure_type(libcst.parse_statement(code), libcst.SimpleStatementLine)
    node = line.body[0]
    assert isinstance(node, libcst.Import | libcst.ImportFrom)
    assert not isinstance(node.names, libcst.ImportStar)
    kept = [alias for alias in node.names if _local(alias) not in gone]
    kept += [_alias(name, local) for name, local in added if local not in {_local(a) for a in kept}]
    if not kept:
        return code
    last_old = node.names[-1]
    aliases = [alias if alias.comma is not libcst.MaybeSentinel.DEFAULT else alias for alias in kept]
    aliases[-1] = aliases[-1].with_changes(
        comma=last_old.comma if kept[-1] is last_old else libcst.MaybeSentinel.DEFAULT
    )
    aliases[:-1] = [
        a if isinstance(a.comma, libcst.Comma) else a.with_changes(comma=_comma_like(node))
        for a in aliases[:-1]
    ]
    changed = node.with_changes(names=aliases)
    return libcst.Module([line.with_changes(body=[changed])]).code.rstrip("\n")


def _comma_like(node: libcst.Import | libcst.ImportFrom) -> libcst.Comma:
    first = node.names[0] if isinstance(node.names, Sequence) else None
    if first is not None and isinstance(first.comma, libcst.Comma):
        return first.comma
    return libcst.Comma(whitespace_after=libcst.SimpleWhitespace(" "))


def _local(alias: libcst.ImportAlias) -> str:
    if alias.asname:
        return libcst.ensure_type(alias.asname.name, libcst.Name).value
    name = alias.evaluated_name
    return name.partition(".")[0]


def _alias(name: str, local: str) -> libcst.ImportAlias:
    asname = libcst.AsName(libcst.Name(local)) if local != name else None
    return libcst.ImportAlias(libcst.Name(name), asname=asname)
