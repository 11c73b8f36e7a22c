"""Import statements with names taken out and put in: plain ones are rewritten to what libcst would make."""

from __future__ import annotations

from itertools import chain, combinations

import pytest

from ssot_migrate.languages.import_line import rewritten
from ssot_migrate.languages.import_statement import rewritten as by_libcst


@pytest.mark.parametrize(
    "code",
    [
        "import os",
        "import os, sys",
        "import os.path, sys as s, a.b.c as d",
        "from a import b",
        "from a.b import c, d as e, f",
        "from . import g",
        "from ..a import h as i",
        "from a import (b, c)",
        "from a import (b, c,)",
        "from a import (b,c)",
        "from a import ( b, c )",
        "from a import (b)",
        "from a import (b,\n    c)",
        "from a import (b,\n    c, d)",
        "from a import (b, c,\n    )",
        "from a import (\n    b,\n    c as d,\n    e,\n)",
        "from a import (\r\n  b,\r\n  c\r\n)",
        "from a import (b,\r\n    c, d)",
        "from a import (\n    b, c,\n    d, e\n)",
        "from a import (\n    b,\n  c,\n)",
        "from a import (\n    b,\n    c)",
        "from a import (\n    b\n    , c)",
        "from a import (\n\n    b,\n    c,\n)",
        "from a import (\n\tb,\n\tc,\n)",
        "from a import (\nb,\nc\n)",
        "from a import b,c",
        "from a import b ,c",
        "from a import \\\n    b",
        "from a import (\n    b,  # why\n    c,\n)",
    ],
)
def test_plain_statements_are_rewritten_as_libcst_does(code: str) -> None:
    """Whatever goes and comes, both ways give the same text."""
    names = ["os", "sys", "s", "b", "c", "d", "e", "g"]
    added = [("n", "n"), ("b", "b"), ("x", "y")]
    for gone in chain.from_iterable(combinations(names, count) for count in range(4)):
        for count in range(3):
            assert rewritten(code, set(gone), added[:count]) == by_libcst(code, set(gone), added[:count])


@pytest.mark.parametrize(
    "code", ["from a import (\r\n    b,\r\n    c\r\n)", "from a import (b,\r\n    c,\r\n    d)"]
)
def test_line_ends_stay(code: str) -> None:
    """A statement over several lines keeps the line ends that its file has."""
    for given in (rewritten(code, {"b"}, [("n", "n")]), rewritten(code, set(), [("n", "n")])):
        assert given.count("\r\n") == given.count("\n") > 0
