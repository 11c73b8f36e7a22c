"""A called name that gives way to another: told from its own bytes where that is a proof, and only there."""

from __future__ import annotations

import random
import re
import sysconfig
from pathlib import Path

import pytest

from ssot_migrate.edits import Edit, splice
from ssot_migrate.engine.gates.names import undefined_names
from ssot_migrate.engine.gates.swaps import swaps
from ssot_migrate.engine.gates.text import failed_gate

IMPORT = Edit(0, 0, "from doubles import fresh\n")
USED = re.compile(rb"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?=[(\[.])")


def swapped(code: str, new: str = "fresh().make", brings: Edit = IMPORT) -> bool:
    """Whether the first ``Mock`` of ``code`` counts as swapped for ``new``."""
    start = code.index("Mock")
    edit = Edit(start, start + len("Mock"), new)
    return edit in swaps(code.encode(), [brings, edit])


@pytest.mark.parametrize(
    "code",
    [
        "x = Mock()\n",
        "x = [Mock(spec=x), 1]\n",
        "Mock.attr['a'] = 1\n",
        "Mock(\n    1,\n)\n",
        "@Mock(1)\ndef f(): pass\n",
        "print(f'{Mock(1)!r}')\n",
        '"""Mock(1)"""\n',
        "x = 1  # a Mock() as in\n",
        "del Mock().x\n",
        "call(\n    Mock(),\n)\n",
    ],
)
def test_a_called_name_can_be_another(code: str) -> None:
    """And the result compiles, as what there is to be proven."""
    assert swapped(code)
    start = code.index("Mock")
    compile(splice(code.encode(), [IMPORT, Edit(start, start + 4, "fresh().make")]), "<result>", "exec")


@pytest.mark.parametrize(
    "code",
    [
        "def Mock(x): pass\n",
        "class Mock(x): pass\n",
        "def \\\nMock(x): pass\n",
        "def\tMock(x): pass\n",
        "type Mock[T] = int\n",
        "match x:\n    case Mock():\n        pass\n",
        "match x:\n    case [\n        Mock(),\n    ]:\n        pass\n",
        "x = Mock\n",
        "x = Mock ()\n",
        "for Mock in x: pass\n",
        "import Mock.a\n",
        "from Mock.a import b\n",
        "x = MyMock()\n",
        "x = '\\u1Mock('\n",
        "x = äMock()\n",
        "def f():\n    x = Mock()\n    global fresh\n    fresh = 1\n",
        "def f():\n    fresh = 1\n    def g():\n        x = Mock()\n        nonlocal fresh\n",
    ],
)
def test_what_is_no_call_of_a_name(code: str) -> None:
    """What defines it, matches it or is a part of another word, and what may be declared below."""
    assert not swapped(code)


@pytest.mark.parametrize(
    "new",
    ["(fresh", "fresh()..x", "fresh() or x", "lambda: fresh", "fresh('a')", "if().x", "fresh.class", "a()"],
)
def test_what_takes_its_place_is_a_name_that_an_import_brings(new: str) -> None:
    """Anything else has to be compiled with what stands around it."""
    assert not swapped("x = Mock()\n", new)


def test_a_mangled_name_is_another() -> None:
    """Inside of a class ``__fresh`` is ``_Case__fresh``, which no import brings."""
    brings = Edit(0, 0, "from doubles import __fresh\n")
    assert not swapped("class Case:\n    x = Mock()\n", "__fresh()", brings)


@pytest.mark.parametrize(
    ("brought", "reason"),
    [
        ("from doubles import fresh\n", ""),
        ("def f():\n    from doubles import fresh\n", "undefined-name: fresh"),
        ("x = 'import fresh'\n", "undefined-name: fresh"),
        ("import fresh.doubles as other\n", "undefined-name: fresh"),
    ],
)
def test_the_import_is_proven(brought: str, reason: str) -> None:
    """That an edit speaks of an import does not bring the name: its block has to bind it, for all to see."""
    code = b"import os\n\n\ndef test():\n    return Mock(1)\n\n\n" + b"# more\n" * 40
    start = code.index(b"Mock")
    edits = [Edit(0, 0, brought), Edit(start, start + 4, "fresh().make")]
    assert failed_gate(code, splice(code, edits), edits) == reason


def test_swaps_and_whole_files_agree() -> None:
    """Whatever looks like a call in files of the standard library, strings, definitions and patterns too."""
    chance = random.Random(5)
    folder = Path(sysconfig.get_paths()["stdlib"])
    settled = 0
    for path in [*chance.sample(sorted(folder.glob("*.py")), 60), folder / "test" / "test_patma.py"]:
        text = path.read_bytes() if path.exists() else b""
        found = [each for each in USED.finditer(text) if b"__future__" not in text]
        for name in chance.sample(found, min(12, len(found))):
            edits = [IMPORT, Edit(*name.span(), "fresh().make")]
            after = splice(text, edits)
            if edits[1] in swaps(text, edits):
                settled += 1
                assert undefined_names(after) <= undefined_names(text), (path, edits)
    assert settled > 200
