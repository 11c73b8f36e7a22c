"""``--shard`` and ``plan merge``: a fleet for teams that have a CI matrix and nothing else."""

from __future__ import annotations

from ssot_migrate.errors import ExitCode
from yard import Yard

ALL = {"one": "done", "two": "done", "clean": "nothing to do"}


def sharded(yard: Yard, action: str = "plan", parts: int = 2) -> list[str]:
    """Do ``action`` as the jobs of a matrix do, each with a state of its own; the units of all of them."""
    found: list[str] = []
    for part in range(1, parts + 1):
        yard.fleet(head=f'state = "part-{part}"')
        found += yard.outcomes(action, "--shard", f"{part}/{parts}")
    yard.fleet()
    return found


def shard_of(yard: Yard, unit: str, parts: int = 2) -> int:
    """The shard that has done a unit."""
    states = {part: yard.root / f"part-{part}" / "fleet.sqlite" for part in range(1, parts + 1)}
    return next(part for part, file in states.items() if f"repos/{unit}".encode() in file.read_bytes())


def test_shards_add_up(three: Yard) -> None:
    """Each unit is in one shard; merged, the shards are the whole fleet, and go on as one."""
    assert sorted(sharded(three)) == ["clean", "one", "two"]
    assert three.outcomes("plan", "merge", "part-1", "part-2") == ALL
    assert three.outcomes("push") == ALL


def test_a_lost_shard_is_made_up_for(three: Yard) -> None:
    """What no part has done stays open, by name, and ``--resume`` does it."""
    sharded(three)
    lost, kept = shard_of(three, "one"), 3 - shard_of(three, "one")
    merged = three.outcomes("plan", "merge", f"part-{kept}")
    assert merged["one"] is None
    assert "(not ended)" in three.batch("status").stdout
    assert three.outcomes("plan", "--resume") == ALL
    assert lost != kept


def test_a_part_gives_what_its_run_did_and_no_more(three: Yard) -> None:
    """A state that a CI cache kept from an earlier fleet does not put old plans over new ones."""
    three.fleet(head='state = "part-1"')
    three.batch("plan")  # every unit, as it was
    moved = {name: three.commit(three.root / "repos" / name, "more") for name in ("one", "two")}
    sharded(three)
    assert three.outcomes("plan", "merge", "part-2", "part-1") == ALL
    assert three.outcomes("push") == ALL
    for name, tip in moved.items():
        assert three.git(f"remotes/{name}.git", "merge-base", "main", "ssot-migrate/web") == tip


WRONG = {
    "plan merge": "what is that",
    "plan part-1": "what is that",
    "status merge part-1": "nobody knows what 'merge' is for",
    "plan merge nowhere": "nowhere has no state of a fleet",
    "push merge part-1": "has no run of push",
    "plan --shard 3/2": "'3/2' is no shard",
}


def test_what_cannot_be_merged_is_told(three: Yard) -> None:
    """A usage error names the word, the folder or the action, and makes nothing."""
    three.fleet(head='state = "part-1"')
    three.batch("plan", "--shard", "1/2")
    three.fleet()
    for words, said in WRONG.items():
        done = three.batch(*words.split())
        assert (done.returncode, said in done.stderr) == (ExitCode.USAGE, True), done.stderr
    assert not (three.root / "nowhere").exists()
    assert "has not run yet" in three.batch("status").stderr
