"""What changed blocks show by themselves is what the whole file says; where they cannot, they say so."""

from __future__ import annotations

import ast
import random
import re
import sysconfig
from pathlib import Path

import pytest

from ssot_migrate.edits import Edit, splice
from ssot_migrate.engine.gates.blocks import changed_blocks
from ssot_migrate.engine.gates.evident import evidently_defined
from ssot_migrate.engine.gates.names import undefined_names
from ssot_migrate.languages.decoding import line_starts
from ssot_migrate.languages.lines import Doubtful

FILLER = "\n\n" + "\n".join(f"def filler_{n}(value):\n    return [value, {n}]\n" for n in range(40))
TEXT = f'''"""Doc."""
import os
import json
from json.decoder import JSONDecoder
from typing import (
    Any,
)
helper = print
silent = 1
limits = dict(
    size=1,
)


@decorated
def top(x: Any) -> str:
    return os.environ[x]


class Case:
    def test_it(self):
        """It says nothing of silent things."""  # as silent does
        return helper(os.environ)
{FILLER}

if __name__ == "__main__":
    top("x")
'''


def judged(old: str, new: str, text: str = TEXT) -> bool:
    """Whether the blocks settle that ``old`` may become ``new``."""
    before = text.replace("@decorated\n", "@helper\n").encode()
    start = before.index(old.encode())
    edits = [Edit(start, start + len(old.encode()), new)]
    return evidently_defined(before, splice(before, edits), edits)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("os.environ[x]", "os.getenv(x)"),
        ("return helper(os.environ)", "import sys\n        return helper(sys.argv)"),
        ("import os\n", "import os\nfrom env import get_env\n"),
        ('top("x")', 'top("y")'),
        ("    size=1,\n", "    size=2,\n"),
        ("helper = print\n", "helper = repr\n"),
        ("silent = 1\n", "other = 1\n"),
        ("class Case:", "class Case(Exception):"),
        ("class Case:", "class Case(\n    object, metaclass=type,\n):  # why"),
        ("import json\n", ""),
    ],
)
def test_what_is_evident(old: str, new: str) -> None:
    """An edit that brings no name from nowhere is settled by the block in which it stands."""
    assert judged(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("os.environ[x]", "os.environ["),
        ("os.environ[x]", "get_env()[x]"),
        ("import os\n", ""),
        ("helper = print\n", "other = print\n"),
        ("def top(", "def bottom("),
        ("class Case:", "class Case(missing):"),
        ("class Case:", "class Other:"),
        ("class Case:", "class Case: pass\nif 1:"),
        ("class Case:", "class Case:\n    x = 1\nif 1:"),
        ("class Case:", "class Case("),
        ("return helper(os.environ)", "global helper\n        helper = missing"),
        ("    Any,\n", "    List,\n"),
        ("return os.environ[x]", "nonlocal x\n    return x"),
    ],
)
def test_what_only_the_whole_file_can_tell(old: str, new: str) -> None:
    """A name that the block does not know, and one that it no longer gives, are for the whole file."""
    assert not judged(old, new)


@pytest.mark.parametrize(
    "text",
    [
        "call(\na,\nb,\n)\n",
        "call(\na\nif b\nelse c)\n",
        "call(\nkey=a,\nother=b)\n",
        'text = """\na\n"""\n',
        "a = \\\nb\n",
        "if x:\n\ta\n",
    ],
)
def test_a_line_inside_of_brackets_is_no_block(text: str) -> None:
    """No piece of a statement is taken for a statement: either it is no block, or it cannot be read."""
    found = re.search(r"\ba\b", text)
    assert found
    edits = [Edit(*found.span(), "z")]
    try:
        blocks = changed_blocks(text.encode(), edits, edits)
    except Doubtful:
        return
    for block in blocks:
        if block.before.decode() != text:
            with pytest.raises(SyntaxError):
                ast.parse(block.before)


def test_blocks_and_whole_files_agree() -> None:
    """A name swapped for another in files of the standard library: what is evident is true."""
    chance = random.Random(11)
    folder = Path(sysconfig.get_paths()["stdlib"])
    settled = 0
    for path in chance.sample(sorted(folder.glob("*.py")), 60):
        text = path.read_bytes()
        starts = line_starts(text)
        names = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
        for node in chance.sample(names, min(4, len(names))):
            start = starts[node.lineno - 1] + node.col_offset
            edits = [Edit(start, start + len(node.id), chance.choice([*"xyz", chance.choice(names).id]))]
            after = splice(text, edits)
            if evidently_defined(text, after, edits):
                settled += 1
                assert undefined_names(after) <= undefined_names(text), (path, edits)
    assert settled > 20


def test_a_lost_name_that_an_f_string_reads() -> None:
    """A string may hold code: what a file no longer gives is missed there."""
    assert not judged("silent = 1\n", "other = 1\n", TEXT + "print(f'{silent}')\n")
