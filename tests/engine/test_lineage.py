"""Which files are parsed for their classes: never fewer than those that hand a base on."""

from __future__ import annotations

import re

import pytest

from ssot_migrate.engine.lineage import family, sketch, wanted

ROOT = b"import unittest\nclass Root(Mixin, unittest.TestCase):\n    pass\n"


def chosen(files: dict[str, bytes], names: re.Pattern[str] | None = None) -> set[str]:
    """Files that are wanted for what derives from ``TestCase``."""
    sketches = {path: sketch(path, data) for path, data in files.items()}
    found = family(sketches.values(), ["TestCase"], names)
    return {path for path, one in sketches.items() if wanted(one, found)}


@pytest.mark.parametrize(
    "heir",
    [
        b"from root import Root\nclass Leaf(Root):\n    pass\n",
        b"import root\nclass Leaf(\n    Other,\n    root.Root,  # why\n):\n    pass\n",
        b"from root import Root as R\nclass Leaf(R):\n    pass\n",
        b"import root\nBase = root.Root\n",
        b'import root\nOld = deprecated_alias("Old", root.Root, owner="x")\n',
        b"import root\nLeaf = type('Leaf', (root.Root,), {})\n",
        b"import root\nclass Leaf(root.Root, metaclass=M): x: int\n",
    ],
)
def test_what_derives_is_wanted(heir: bytes) -> None:
    """However a base is handed on, the file that takes it is parsed; an unrelated one is not."""
    files = {"root.py": ROOT, "heir.py": heir, "other.py": b"class Thing(Model):\n    pass\n"}

    assert chosen(files) == {"root.py", "heir.py"}


def test_what_stands_beside_a_base_is_wanted() -> None:
    """A mixin of a test case is looked at, for its methods."""
    assert chosen({"root.py": ROOT, "mixin.py": b"class Mixin:\n    pass\n"}) == {"root.py", "mixin.py"}


def test_packages_that_hand_on_are_wanted() -> None:
    """A re-export is followed, by name or by star; a package that re-exports something else is not."""
    files = {
        "root.py": ROOT,
        "a/__init__.py": b"from root import Root\n",
        "b/__init__.py": b"from root import *\n",
        "c/__init__.py": b"from x import Thing\n",
    }

    assert chosen(files) == {"root.py", "a/__init__.py", "b/__init__.py"}


def test_classes_may_be_wanted_for_their_names() -> None:
    """A pattern of names is a reason as well."""
    files = {"a.py": b"class FakeClock:\n    pass\n", "b.py": b"class Clock:\n    pass\n"}

    assert chosen(files, re.compile("Fake.*")) == {"a.py"}
    assert chosen(files) == set()


def test_a_module_that_hands_unittest_on_is_wanted() -> None:
    """``from compat import unittest`` is one way to the base; an import of a part of it is none."""
    files = {"compat.py": b"import unittest\n", "mocks.py": b"import unittest.mock\n", "root.py": ROOT}
    assert chosen(files) == {"compat.py", "root.py"}
