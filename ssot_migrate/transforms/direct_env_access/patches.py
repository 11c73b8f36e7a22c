"""``patch.dict``, and what of it the instance API can say."""

from __future__ import annotations

import ast

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Capture


def is_patch_dict(func: ast.expr, doc: PythonDocument) -> bool:
    """Whether ``func`` is ``unittest.mock.patch.dict`` or pytest-mock's ``mocker.patch.dict``."""
    meaning = doc.meaning(func)
    if meaning and meaning.dotted in ("unittest.mock.patch.dict", "mock.patch.dict"):
        return True
    match func:
        case ast.Attribute(attr="dict", value=ast.Attribute(attr="patch", value=ast.Name(id="mocker"))):
            return True
    return False


def patch_block(call: ast.Call, doc: PythonDocument) -> dict[str, Capture]:
    """The captures of ``with patch.dict(env, {…}):`` where the instance API can say the same."""
    plain_item = isinstance(doc.stack[-2], ast.withitem) and doc.stack[-2].optional_vars is None
    literal = all(isinstance(argument, ast.Dict) for argument in call.args[1:])
    named = all(keyword.arg not in (None, "clear", "values", "in_dict") for keyword in call.keywords)
    in_with = isinstance(doc.stack[-3], ast.With)
    if not (plain_item and in_with and literal and named and len(call.args) <= 2):
        return {}
    captures = {"func": doc.capture(call.func), "call": doc.capture(call)}
    following: list[ast.expr | ast.keyword] = [*call.args[1:], *call.keywords]
    if following:
        captures["rest"] = doc.capture(min(following, key=lambda n: (n.lineno, n.col_offset)))
    return captures
