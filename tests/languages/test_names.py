"""What a name means where it stands: scopes, rebinding, aliases, stars; and the short cut for most."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.walk import walk
from ssot_migrate.languages.words import may_bind
from ssot_migrate.model import FileKind, Source


def meanings(code: str) -> list[tuple[str, bool]]:
    """Dotted object and certainty of every name that stands in a call ``see(…)``."""
    doc = PythonDocument.parse(Source("pkg/sub/m.py", code.encode(), "0" * 40, FileKind.PYTHON))
    found: list[tuple[str, bool]] = []

    def visit(node: ast.AST) -> None:
        assert isinstance(node, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id == "see":
            meaning = doc.meaning(node.args[0])
            found.append((meaning.dotted, meaning.certain) if meaning else ("", False))

    walk(doc, range(1, len(doc.starts) + 1), {ast.Call: [visit]})
    return found


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import os\nsee(os.environ)", ("os.environ", True)),
        ("import os as o\nsee(o.environ)", ("os.environ", True)),
        ("import os.path\nsee(os.environ)", ("os.environ", True)),
        ("from os import environ as e\nsee(e)", ("os.environ", True)),
        ("from .. import a\nsee(a.b)", ("pkg.a.b", True)),
        ("from .c import d\nsee(d)", ("pkg.sub.c.d", True)),
        ("import os\nenv = os.environ\nsee(env)", ("os.environ", True)),
        ("from os import *\nsee(environ)", ("os.environ", True)),
        ("from os import *\nfrom x import *\nsee(environ)", ("os.environ", False)),
        ("import os\nos = 1\nsee(os.environ)", ("os.environ", False)),
        ("try:\n    import os\nexcept E:\n    os = None\nsee(os.environ)", ("os.environ", False)),
        ("import os\ndef f(os):\n    see(os.environ)", ("", False)),
        ("import os\ndef f(*, k=see(os.environ)):\n    os = 1", ("os.environ", True)),
        ("import os\ndef f():\n    see(os.environ)\n    def os(): pass", ("", False)),
        ("import os\ndef f():\n    (os) = 1\n    see(os.environ)", ("", False)),
        ("import os\ndef f():\n    for a, os in []: pass\n    see(os.environ)", ("", False)),
        ("import os\ndef f():\n    with x as os: see(os.environ)", ("", False)),
        ("import os\ndef f():\n    if (os := 1): see(os.environ)", ("", False)),
        ("import os\ndef f():\n    global os\n    see(os.environ)", ("os.environ", False)),
        ("import os\ndef f():\n    import os.path\n    see(os.environ)", ("os.environ", True)),
        ("import os\nclass A:\n    os = 1\n    def f(self):\n        see(os.environ)", ("os.environ", True)),
        ("import os\nclass A:\n    os = 1\n    see(os.environ)", ("", False)),
        ("import os\nf = lambda os: see(os.environ)", ("", False)),
        ("import os\n[see(os.environ) for os in x]", ("", False)),
        ("import os\ndef f():\n    match x:\n        case [os, *_]: see(os.environ)", ("", False)),
        ("see(os.environ)", ("", False)),
    ],
)
def test_a_name_means_what_python_says(code: str, expected: tuple[str, bool]) -> None:
    """An import's object, with doubt where it may be another; nothing where it is none."""
    assert meanings(code) == [expected]


BINDING_FORMS = (
    *("{n} = 1", "{n}: int = 1", "{n} += 1", "a, {n} = 1, 2", "({n}) = 1", "[{n}, b] = 1, 2"),
    *("*{n}, b = 1, 2", "({n} := 1)", "global {n}", "del {n}", "lambda {n}: 1", "lambda *{n}: 1"),
    *("import {n}", "import {n}.a", "import a as {n}", "from a import {n}", "from a import b as {n}"),
    *("def {n}(): pass", "async def {n}(): pass", "class {n}(A): pass", "class {n}: pass"),
    *("for {n} in a: pass", "for a, {n} in b: pass", "with a as {n}: pass", "with a as (b, {n}): pass"),
    *("try: pass\nexcept A as {n}: pass", "match a:\n    case {n}: pass", "match a:\n    case [{n}]: pass"),
    *("match a:\n    case B(c={n}): pass", "match a:\n    case {{**{n}}}: pass"),
    *("match a:\n    case B() as {n}: pass", "match a:\n    case [*{n}]: pass"),
)


@given(st.sampled_from(["x", "os", "Mock"]), st.data())
def test_the_short_cut_never_misses_a_binding(name: str, data: st.DataObject) -> None:
    """Every form of binding matches the pattern that decides whether bindings are looked for."""
    code = data.draw(st.sampled_from(BINDING_FORMS)).format(n=name)
    ast.parse(code)

    assert may_bind(code.encode(), name)


def test_the_short_cut_spares_plain_uses() -> None:
    """Uses that cannot bind do not match."""
    for code in (b"os.environ", b"f(os.sep)", b"self.os = 1", b"Mock(spec=A)", b"os [0]", b"cosmos = 1"):
        assert not may_bind(code, "os")
        assert not may_bind(code, "Mock")
