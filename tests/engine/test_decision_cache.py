"""What is remembered of decisions: all of a run, what changed since, and nothing that may not hold."""

from __future__ import annotations

from pathlib import Path

from ssot_migrate.edits import Span
from ssot_migrate.engine.decision import FileDecision, packed
from ssot_migrate.engine.decision_cache import DecisionCache, Decisions, State
from ssot_migrate.engine.store import Store
from ssot_migrate.findings import Finding
from ssot_migrate.findings import State as Found
from ssot_migrate.model import Safety

FILES = [f"f{number}.py" for number in range(50)]


def state(day: str = "2026-01-01", around: str = "s", **blobs: str) -> State:
    """A state in which all files have the blob ``1``, but those named here."""
    known = {path: blobs.get(path.removesuffix(".py"), "1") for path in FILES}
    return State(around, day, known, known, ("a promise",))


def decisions(*paths: str, says: str = "", dated: bool = False) -> Decisions:
    """Decisions on files, with a finding that says something."""
    found = {}
    for path in paths:
        finding = Finding("r", "k", path, Span(0, 1), 1, "", says, Found.ADVICE, Safety.ADVICE, "f", "")
        found[path] = packed(FileDecision(path, (finding,), dated=dated))
    return found


class Cache:
    """A cache that is opened anew for each run, as by another process."""

    def __init__(self, folder: Path) -> None:
        """In ``folder``."""
        self.folder = folder

    def known(self, now: State) -> Decisions:
        """What a run finds."""
        return DecisionCache(Store(self.folder), "k").known(now)[0]

    def run(self, now: State, fresh: Decisions, without: tuple[str, ...] = ()) -> None:
        """A run that decides ``fresh``, keeps what it knows of others, and none of ``without``."""
        cache = DecisionCache(Store(self.folder), "k")
        known = {path: each for path, each in cache.known(now)[0].items() if path not in without}
        cache.save(now, known | fresh)


def test_what_changed_is_told_with_the_rest(tmp_path: Path) -> None:
    """A later run writes its own decisions alone, and the next finds all."""
    cache, first, later = Cache(tmp_path), decisions(*FILES), decisions("f1.py", says="later")
    cache.run(state(), first)
    whole = (tmp_path / "decisions-k.msgpack").read_bytes()
    cache.run(state(f1="2"), later)
    assert (tmp_path / "decisions-k.msgpack").read_bytes() == whole
    assert cache.known(state(f1="2")) == first | later
    assert DecisionCache(Store(tmp_path), "k").known(state(f1="2"))[1] == ("a promise",)
    assert "f1.py" not in cache.known(state())


def test_many_changes_are_written_with_the_rest(tmp_path: Path) -> None:
    """What a file of changes is about is the file of all that it was written after."""
    cache, many = Cache(tmp_path), decisions(*FILES[:9], says="later")
    cache.run(state(), decisions(*FILES))
    cache.run(state(f1="2"), decisions("f1.py"))
    changed = state(**{path.removesuffix(".py"): "3" for path in FILES[:9]})
    cache.run(changed, many)
    assert cache.known(changed) == decisions(*FILES) | many


def test_what_was_not_decided_in_the_last_run_is_not_known(tmp_path: Path) -> None:
    """A file that was left out comes back as it was: others may have changed meanwhile."""
    cache = Cache(tmp_path)
    cache.run(state(), decisions(*FILES))
    cache.run(state(f2="2"), decisions("f2.py"), without=("f1.py",))
    assert "f1.py" not in cache.known(state(f2="2"))


def test_who_speaks_of_a_file_is_decided_with_it(tmp_path: Path) -> None:
    """A line of another file that is named may be another now, and is looked up once."""
    cache, speaker = Cache(tmp_path), decisions("f1.py", says="see f7.py:3")
    cache.run(state(), decisions(*FILES) | speaker)
    assert "f1.py" not in cache.known(state(f7="2"))
    cache.run(state(f7="2"), decisions("f7.py") | speaker)
    assert "f1.py" in cache.known(state(f7="2"))


def test_a_name_that_json_escapes_is_spoken_of_as_well(tmp_path: Path) -> None:
    """Findings are kept in the plan's own text, which writes such a name in another way."""
    cache, name = Cache(tmp_path), 'of "old".py'
    before, after = (dict.fromkeys((*FILES, name), blob) for blob in "12")
    old = State("s", "", before, before, ())
    cache.run(old, decisions(*FILES, name) | decisions("f1.py", says=f"see {name}:3"))
    assert "f1.py" in cache.known(old)
    new = State("s", "", before | {name: after[name]}, before, ())
    assert "f1.py" not in cache.known(new)


def test_a_day_and_surroundings_count(tmp_path: Path) -> None:
    """Decisions by the day hold for it alone, and none in other surroundings."""
    cache = Cache(tmp_path)
    cache.run(state(), decisions(*FILES) | decisions("f1.py", dated=True))
    assert cache.known(state("2026-01-02")).keys() == set(FILES) - {"f1.py"}
    assert not cache.known(state(around="other"))


def test_what_cannot_be_read_is_not_known(tmp_path: Path) -> None:
    """Neither of the files, nor both."""
    cache = Cache(tmp_path)
    cache.run(state(), decisions(*FILES))
    cache.run(state(f1="2"), decisions("f1.py"))
    (tmp_path / "decisions-k-since.msgpack").write_bytes(b"rubbish")
    assert cache.known(state()).keys() == set(FILES)
    (tmp_path / "decisions-k.msgpack").write_bytes(b"rubbish")
    assert not cache.known(state())
