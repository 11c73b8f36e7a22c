"""What a test file's source says of its tests, without running any."""

from __future__ import annotations

from ssot_migrate.verify.model import Difference
from ssot_migrate.verify.static import compare_counts, counts

BEFORE = b"""\
import pytest

@pytest.mark.slow
class TestThing:
    @pytest.mark.parametrize("n", [1, 2, 3])
    async def test_a(self, n):
        assert n
        self.assertEqual(n, n)
        mock.assert_called_once()
        with pytest.raises(ValueError):
            int("x")

def test_b():
    def inner():
        assert 1
    inner()

def helper():
    assert 1
"""


def test_assertions_raises_and_marks_are_counted() -> None:
    """In methods and functions, nested ones too; helpers are no tests."""
    found = counts("t.py", BEFORE)
    assert found is not None
    assert dict(found["t.py::TestThing::test_a"]) == {
        "assertions": 3,
        "raises": 1,
        "marker slow": 1,
        "marker parametrize": 1,
        "parametrised values": 3,
    }
    assert dict(found["t.py::test_b"]) == {"assertions": 1, "raises": 0}
    assert len(found) == 2


def test_what_is_less_is_a_difference_and_what_is_more_is_none() -> None:
    """A lost assertion, value and test are told; a new assertion is not."""
    after = BEFORE.replace(b"[1, 2, 3]", b"[1, 2]").replace(b"        assert n\n", b"")
    after = after.replace(b"def test_b", b"def check_b").replace(b"int(", b"assert int(")
    had, has = counts("t.py", BEFORE), counts("t.py", after)
    assert had is not None
    assert has is not None
    test = "t.py::TestThing::test_a"
    gone = Difference("t.py::test_b", "defined", "yes", "no")
    assert list(compare_counts(had, has)) == [Difference(test, "parametrised values", "3", "2"), gone]
    fewer = counts("t.py", after.replace(b"assert int(", b"int(").replace(b"check_b", b"test_b"))
    assert fewer is not None
    assert [(d.what, d.before, d.after) for d in compare_counts(had, fewer)] == [
        ("assertions", "3", "2"),
        ("parametrised values", "3", "2"),
    ]


def test_what_cannot_be_read_is_not_counted() -> None:
    """Newer syntax is no lost assertion."""
    assert counts("t.py", b"def test_a(:\n") is None
