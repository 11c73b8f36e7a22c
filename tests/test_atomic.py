"""A file is replaced as a whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_migrate.atomic import write_atomically


def test_parts_are_written_in_their_order(tmp_path: Path) -> None:
    """Whole or in parts, a file has the same bytes."""
    write_atomically(tmp_path / "whole", b"abcdef")
    write_atomically(tmp_path / "parts", iter([b"abc", b"", b"def"]))
    assert (tmp_path / "whole").read_bytes() == (tmp_path / "parts").read_bytes() == b"abcdef"


def test_nothing_is_left_of_parts_that_do_not_come(tmp_path: Path) -> None:
    """What gives the parts may fail: the file has its old bytes, and no other stands beside it."""

    def failing() -> Iterator[bytes]:
        yield b"new"
        raise KeyError("no more")

    (tmp_path / "file").write_bytes(b"old")
    with pytest.raises(KeyError):
        write_atomically(tmp_path / "file", failing())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"old"}
