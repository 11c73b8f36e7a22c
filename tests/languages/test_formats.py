"""F-strings told by their tokens: the same as libcst tells, and nothing where that is in doubt."""

from __future__ import annotations

import ast
import sys

import pytest

from ssot_migrate.engine.reading import newer, read_python
from ssot_migrate.findings import Problem
from ssot_migrate.languages.displays import without_formats
from ssot_migrate.languages.formats import formats
from ssot_migrate.languages.masks import masked
from ssot_migrate.model import FileKind, Source

ALIKE = [
    b'f"{a}"',
    b"x = f'{d['a']}'",
    b'f"{x!r:>{w}}" "b"',
    b'f"{x=}" f"{y = !r}" f"{z=:>4}"',
    b'f"{{}}" f"{{{a}}}"',
    b'rf"\\{a}" R"x"[0]',
    b'f"\\N{DASH}{a}"',
    b'f"{x:{y:{z}}}" f"{x:%H:%M}"',
    b'f"{*a, b}" f"{c,d}"',
    b'f"{a != b!r}" f"{a<=b:{c}}"',
    b'f"{f"{f"{a}"}"}"',
    b"f'a' 'b'\n'c'\n",
    b"(f'a' # it's\n 'b'\n'c')\n",
    b"x = f'a' \\\n 'b'\n",
    b'f"""\n{\na\n}\n"""',
    b'f"{\na\n}"',
    b'f"{ {1: 2}[1] }" f"{a[b:c]}"',
    b'f"{x}" if f"{y}" else"z"',
    b'f"\\\n{a}" f"\\"{b}"',
    b'f"{"\\n".join(a)}"',
    'é = f"{ü["é"]}ß{a}"'.encode(),
    b'"""f"{a}" """, \'f"\', f"""a"b""c{d}\'\'\'"""',
]


@pytest.mark.parametrize("text", ALIKE)
def test_they_are_masked_as_libcst_tells(text: bytes) -> None:
    """Byte for byte, whatever stands in and beside them."""
    found = formats(text)

    assert found
    assert without_formats(text, found, b"()") == masked(text)


@pytest.mark.parametrize(
    "text",
    [
        *(b'f"{}"', b'f"{a!x}"', b'f"{a"', b'f"{a}}"', b'f"{a:\n}"', b"f'{a:'b'}'", b'f"{!r}"', b'f"{=}"'),
        *(b'ff"{a}"', b'b"x" f"{a}"', b'f"a\n"', b'f"{a)}"', b'f"{a!r }"', b'f"{a # b\n}"', b'rf"\\N{a}"'),
    ],
)
def test_what_is_in_doubt_is_not_told(text: bytes) -> None:
    """Broken ones, and what is read in more than one way."""
    assert formats(text) is None


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads the syntax itself")
@pytest.mark.parametrize(
    "broken", [b'name f"{a["b"]}"', b'f"{a["b"]}" = 1', b'(name\n f"{a["b"]}")', b'f"{**a}"', b'f"{a b}"']
)
def test_a_mask_makes_no_sense_of_broken_code(broken: bytes) -> None:
    """What stands before a tuple calls it, and one may be assigned to; an f-string never."""
    found = read_python(Source("a.py", broken, "0" * 40, FileKind.PYTHON))

    assert isinstance(found, Problem)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads the syntax itself")
@pytest.mark.parametrize("text", [b'type X = f"{a["b"]}"', b'f"""{a["b"] # c\n}"""', b'f"{a["b"]:{{c}}}"'])
def test_libcst_is_asked_for_the_rest(text: bytes) -> None:
    """Other syntax that is newer, and what tokens leave in doubt."""
    assert newer(text) == masked(text)
    ast.parse(newer(text))
