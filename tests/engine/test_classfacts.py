"""What class statements say, and what their bases turn out to be across files."""

from __future__ import annotations

import pytest

from ssot_migrate.engine.classfacts import ALIAS_MAKER
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import ClassFact, FileScan
from ssot_migrate.model import FileKind, Source
from ssot_migrate.transform import Transform


def scan(path: str, text: str) -> FileScan:
    """One file, scanned for a rule that wants to know of every class."""
    rule = Transform(
        id="SSOT999", slug="every-class", summary="", words=(), also=("class", "import"), classes=True
    )
    return Scanner([rule]).scan(Source(path, text.encode(), "0" * 40, FileKind.PYTHON))


def facts(text: str, path: str = "m.py") -> dict[str, ClassFact]:
    """The class facts of one file, by name."""
    return {fact.name: fact for fact in scan(path, text).classes}


def repository(**files: str) -> Repository:
    """A repository of ``files``, whose names have ``__`` for a slash."""
    return repository_of({name.replace("__", "/") + ".py": text for name, text in files.items()})


def repository_of(paths: dict[str, str]) -> Repository:
    """A repository of texts by path."""
    return Repository([scan(path, text) for path, text in paths.items()], {})


def first_base(repo: Repository, path: str, name: str) -> str:
    """The key, or the outside name, of a class's first base."""
    ref = repo.class_at(path, name)
    assert ref is not None
    base = repo.classes.bases(ref)[0]
    return base.key if isinstance(base, ClassRef) else base


@pytest.mark.parametrize(
    ("head", "base", "means"),
    [
        ("import unittest", "unittest.TestCase", "unittest.TestCase"),
        ("import unittest as ut", "ut.TestCase", "unittest.TestCase"),
        ("from unittest import TestCase as TC", "TC", "unittest.TestCase"),
        ("import unittest.case", "unittest.case.TestCase", "unittest.case.TestCase"),
        ("import unittest\nTC = unittest.TestCase", "TC", "unittest.TestCase"),
        ("from unittest import *", "TestCase", "unittest.TestCase"),
        ("from unittest import *", "object", "object"),
        ("class B: pass", "B", "m.B"),
        ("class B:\n    class C: pass", "B.C", "m.B.C"),
        ("class B: pass\nA = B", "A", "m.A"),
        ("from typing import Generic", "Generic[int]", "typing.Generic"),
        ("from six import with_metaclass", "with_metaclass(M, int)", "?six.with_metaclass"),
        ("if X:\n    class B: pass\nelse:\n    B = object", "B", "?B"),
        (
            "try:\n    import unittest2 as ut\nexcept E:\n    import unittest as ut",
            "ut.TestCase",
            "?unittest.TestCase or unittest2.TestCase",
        ),
        ("", "f()[0]", "?"),
    ],
)
def test_bases_are_named_as_far_as_one_file_tells(head: str, base: str, means: str) -> None:
    """A base is the dotted object that it names here, marked where it may be several."""
    assert facts(f"{head}\nclass X({base}): pass\n")["X"].bases == (means,)


def test_a_local_class_is_found_in_its_own_scope() -> None:
    """A base defined in a function is not the module's class of the same name."""
    text = "class B: pass\ndef f():\n    class B: pass\n    class X(B): pass\n"
    assert facts(text)["f.X"].bases == ("m.f.B",)


def test_methods_under_a_condition_count() -> None:
    """A method defined in an ``if`` or ``try`` of the class body is a method."""
    blocks = (
        "if A:\n        def a(self): pass",
        "try:\n        b = 1\n    except E:\n        def c(self): pass",
    )
    text = "class X:\n" + "".join(f"    {block}\n" for block in blocks)
    found = facts(text)["X"]
    assert [method.name for method in found.methods] == ["a", "c"]
    assert found.attributes == ("b",)


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ("return", (False, False)),
        ("return None", (False, False)),
        ("return self.assertEqual(1, 1)", (False, False)),
        ("return self.assertRaises(E)", (False, True)),
        ("return self.go()", (False, True)),
        ("def g():\n            return 1", (False, False)),
    ],
)
def test_what_a_test_hands_back_is_known(body: str, outcome: tuple[bool, bool]) -> None:
    """A test that returns what may not be None is marked; its inner functions are not it."""
    (method,) = facts(f"class X(Base):\n    def test_a(self):\n        {body}\n")["X"].methods
    assert (method.yields, method.returns) == outcome


@pytest.mark.parametrize(("body", "yields"), [("yield 1", True), ("f = lambda: (yield)", False)])
def test_an_async_test_that_yields_is_known(body: str, yields: bool) -> None:
    """It is a generator, which never runs, unless what yields is inside of it."""
    (method,) = facts(f"class X(Base):\n    async def test_a(self):\n        {body}\n")["X"].methods
    assert (method.yields, method.returns) == (yields, False)


def test_reexports_and_aliases_are_followed() -> None:
    """A base is followed through imports, module-level aliases and deprecated aliases of other files."""
    repo = repository(
        a="import unittest\nclass Base(unittest.TestCase): pass\n",
        b="from a import Base\nOld = Base\nimport unittest\nTC = unittest.TestCase\n",
        c=f"import a\nfrom x import {ALIAS_MAKER}\nGone = {ALIAS_MAKER}('Gone', a.Base, owner='x')\n",
        d="import b, c\nclass X(b.Old): pass\nclass Y(c.Gone): pass\n"
        "class Z(b.TC): pass\nclass W(b.Nothing): pass\n",
    )
    assert first_base(repo, "d.py", "X") == "a.py:Base"
    assert first_base(repo, "d.py", "Y") == "a.py:Base"
    assert first_base(repo, "d.py", "Z") == "unittest.TestCase"
    assert first_base(repo, "d.py", "W") == "?b.Nothing"


def test_a_class_that_is_one_of_several_things_is_in_doubt() -> None:
    """A name that a module defines twice, or imports and defines, is no certain base elsewhere."""
    twice = "if X:\n    class Base: pass\nelse:\n    class Base: pass\n"
    either = "try:\n    from x import Base\nexcept ImportError:\n    class Base: pass\n"
    repo = repository(a=twice, b=either, c="import a, b\nclass X(a.Base): pass\nclass Y(b.Base): pass\n")
    assert first_base(repo, "c.py", "X") == "?a.Base"
    assert first_base(repo, "c.py", "Y") == "?b.Base or x.Base"


def test_both_sides_of_a_conditional_import_are_named() -> None:
    """Whoever takes a name that another file imports from one of two places hears of both."""
    either = "try:\n    from x import Base\nexcept ImportError:\n    from y import Base\n"
    repo = repository_of({"pkg/__init__.py": either, "c.py": "from pkg import Base\nclass X(Base): pass\n"})
    assert first_base(repo, "c.py", "X") == "?x.Base or y.Base"


@pytest.mark.parametrize(
    ("first", "second", "base"),
    [
        ("class A: pass\n", "", "p/first.py:A"),
        ("__all__ = ['B']\nclass A: pass\n", "", "?p.A"),
        ("__all__ = ['B']\nclass A: pass\n", "class A: pass\n", "p/second.py:A"),
        ("__all__ = ['A']\nclass A: pass\n", "class A: pass\n", "?p.first.A or p.second.A"),
        ("__all__ = ['B']\n__all__ += more\nclass A: pass\n", "", "p/first.py:A"),
        ("from p.second import A\n", "class A: pass\n", "p/second.py:A"),
    ],
    ids=["no all", "left out", "left out of one", "two stars", "all is computed", "one class by two ways"],
)
def test_stars_give_what_all_says(first: str, second: str, base: str) -> None:
    """A star import hands on what a literal ``__all__`` names; two that give different classes are doubt."""
    repo = repository_of(
        {
            "p/__init__.py": "from p.first import *\nfrom p.second import *\n",
            "p/first.py": first,
            "p/second.py": second,
            "c.py": "from p import A\nclass X(A): pass\n",
        }
    )
    assert first_base(repo, "c.py", "X") == base


def test_no_file_of_the_repository_is_the_unittest_module() -> None:
    """A folder of tests called ``unittest`` does not stand for the standard library's module."""
    text = "import unittest\nclass X(unittest.TestCase): pass\n"
    repo = repository_of({"tests/unittest/__init__.py": "class TestCase: pass\n", "tests/test_x.py": text})
    assert first_base(repo, "tests/test_x.py", "X") == "unittest.TestCase"
