"""``|`` and ``|=`` with the environment: the first gives a dict, the second is an update in place."""

from __future__ import annotations

import ast
import re

from ssot_migrate.edits import Edit
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Capture, Site

NEEDS = {"union": ("__or__",), "union-right": ("__ror__",), "merge": ("update",)}
"""What an accessor must offer beyond a mapping, by kind of site."""
UNLIKE = "`|=` binds a name here, or its value is no single argument of `update`"
_SIGN = re.compile(rb"[ \t]*(?:\\\r?\n[ \t]*)?\|=[ \t]*")


def form(node: ast.expr, doc: PythonDocument) -> tuple[str, dict[str, Capture], str]:
    """Kind, captures and key of the site; as the value of another's ``|=`` the environment is passed on."""
    match doc.parent:
        case ast.BinOp(left=left):
            return "union" if left is node else "union-right", {}, ""
        case ast.AugAssign(target=target, value=value) as statement if target is node:
            several = isinstance(value, ast.Tuple | ast.Yield | ast.YieldFrom)
            single = isinstance(target, ast.Attribute) and not several
            return "merge", {"statement": doc.capture(statement)} if single else {}, ""
    return "pass", {}, ""


def edits(site: Site, env: str) -> tuple[Edit, ...]:
    """``os.environ |= value`` as ``env.update(value)``; none where that may differ."""
    if "statement" not in site.captures:
        return ()
    whole, node = site["statement"], site["node"].span
    sign = _SIGN.match(whole.text.encode(), node.end - whole.span.start)
    if sign is None:
        return ()
    past = whole.span.start + sign.end()
    return Edit(node.start, past, f"{env}.update("), Edit(whole.span.end, whole.span.end, ")")
