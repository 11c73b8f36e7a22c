"""What is worked out once from something, and not again while that is the same."""

from __future__ import annotations

from pathlib import Path

from ssot_migrate.engine.store import NO_NOTES, Notes, Store


def test_what_is_asked_again_is_remembered(tmp_path: Path) -> None:
    """In another process too; of something else it is worked out anew."""
    made: list[str] = []

    def ask(asked: str, notes: Notes) -> set[str]:
        def make() -> set[str]:
            made.append(asked)
            return {asked}

        return notes.remembered("names", asked.encode(), set[str], make)

    assert [ask(asked, Notes(Store(tmp_path), "k")) for asked in ("a", "a", "b")] == [{"a"}, {"a"}, {"b"}]
    assert made == ["a", "b"]
    assert ask("b", Notes(Store(tmp_path), "another")) == ask("b", NO_NOTES) == {"b"}
    assert made == ["a", "b", "b", "b"]
    (tmp_path / "names-k.msgpack").write_bytes(b"rubbish")
    assert ask("b", Notes(Store(tmp_path), "k")) == {"b"}


def test_a_value_behind_another_head_is_absent(tmp_path: Path) -> None:
    """What a value was made of stands before it."""
    store = Store(tmp_path)
    store.write("plan", b"made of this\nvalue")
    assert store.read("plan", b"made of this\n") == b"value"
    assert store.read("plan", b"made of that\n") is None
    assert store.read("no such", b"") is None
