"""Pull requests: git over HTTP and the forges' contracts, answered by a server in a process of its own."""

from __future__ import annotations

from typing import Any

import pytest

from yard import TOKEN, Forge

pytestmark = pytest.mark.heavy
Row = dict[str, Any]


def test_one_request_for_each_service(forge: Forge) -> None:
    """Each has a report as its body, labels, the owners as reviewers, and stands on the foundation."""
    assert forge.yard.outcomes("push") == {"one": "done"}
    rows = {row["head"]: row for row in forge.requests}
    assert set(rows) == {f"ssot-migrate/{name}" for name in ("foundation", "app", "web")}
    app = rows["ssot-migrate/app"]
    assert app["base"] == "ssot-migrate/foundation"
    assert app["body"].startswith("# Migration of `app` to single sources of truth")
    assert app["draft"]
    assert app["labels"] == ["ssot"]
    team = ["team/platform"] if forge.kind == "github" else []
    assert sorted(app["reviewers"]) == ["ada", *team]
    assert rows["ssot-migrate/web"]["reviewers"] == ["bob"]


def test_requests_are_refreshed_and_never_doubled(forge: Forge) -> None:
    """A second push sends nothing; when the base moves the same requests get new bodies."""
    forge.yard.batch("push")
    before = len(forge.sent("POST"))
    assert forge.yard.outcomes("push") == {"one": "nothing to do"}
    assert len(forge.sent("POST")) == before
    forge.move()
    (forge.yard.root / ".ssot-fleet" / "fleet.sqlite").unlink()
    assert forge.yard.outcomes("push") == {"one": "done"}
    rows = forge.requests
    assert len(rows) == 3
    tip = forge.yard.branches("one")["ssot-migrate/app"]
    assert next(row for row in rows if row["head"].endswith("/app"))["body"].count(tip[:12])


def test_what_a_person_closed_stays_closed(forge: Forge) -> None:
    """Neither its branch nor a new request comes back, and what stands on it waits, too."""
    forge.yard.batch("push")
    number = next(row["number"] for row in forge.requests if row["head"].endswith("/web"))
    forge.close(number)
    tip = forge.yard.branches("one")["ssot-migrate/web"]
    forge.move()
    done = forge.yard.batch("push")
    assert "a person has closed its pull request" in done.stdout
    assert forge.yard.branches("one")["ssot-migrate/web"] == tip
    assert len(forge.requests) == 3
    forge.close(next(row["number"] for row in forge.requests if row["head"].endswith("/foundation")))
    forge.move()
    forge.yard.batch("push")
    assert len(forge.requests) == 3


def test_a_merged_request_makes_room_for_the_next(forge: Forge) -> None:
    """After a merge there is a new request for what is new."""
    forge.yard.batch("push")
    forge.close(next(row["number"] for row in forge.requests if row["head"].endswith("/web")), "merged")
    forge.move()
    forge.yard.batch("push")
    assert [row["head"] for row in forge.requests].count("ssot-migrate/web") == 2


CREATE = {"github": r"/pulls$", "gitlab": r"/merge_requests$"}


def test_limits_and_errors_are_waited_for(forge: Forge) -> None:
    """Secondary limits, spent limits and bad gateways are no failures; the work is done once."""
    path = CREATE[forge.kind]
    limited = {"message": "You have exceeded a secondary rate limit."}
    forge.fault("GET", path, status=502)
    forge.fault("POST", path, status=429, headers={"Retry-After": "1"}, body=limited)
    if forge.kind == "github":
        forge.fault("POST", path, status=403, headers={"Retry-After": "1"}, body=limited)
        spent = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1"}
        forge.fault("GET", path, status=403, headers=spent, body={"message": "API rate limit exceeded"})
    assert forge.yard.outcomes("push") == {"one": "done"}
    assert len(forge.requests) == 3


@pytest.mark.parametrize("silence", [True, False])
def test_a_request_without_an_answer_is_not_repeated_blindly(forge: Forge, silence: bool) -> None:
    """The forge opened it and the answer was lost, or a gateway gave up: it is looked for, not doubled."""
    forge.fault("POST", CREATE[forge.kind], times=2, after=True, silence=silence, status=504)
    assert forge.yard.outcomes("push") == {"one": "done"}
    heads = [row["head"] for row in forge.requests]
    assert sorted(heads) == sorted(set(heads))
    assert len(heads) == 3


def test_losing_a_race_is_no_failure(forge: Forge) -> None:
    """Somebody opened the request between our look and ours: theirs is used."""
    empty: list[Row] = []
    forge.yard.batch("push")
    (forge.yard.root / ".ssot-fleet" / "fleet.sqlite").unlink()
    forge.fault("GET", CREATE[forge.kind], times=3, status=200, body=empty)
    assert forge.yard.outcomes("push") == {"one": "done"}
    assert len(forge.requests) == 3


def test_dry_run_sends_nothing(forge: Forge) -> None:
    """It prints what would be pushed and opened, and nothing is."""
    done = forge.yard.batch("push", "--dry-run")
    assert done.returncode == 0, done.stderr
    assert "push " in done.stdout
    assert "open a draft into ssot-migrate/foundation: 'Move app to single sources of truth'" in done.stdout
    assert forge.requests == []
    assert set(forge.yard.branches("one")) == {"main"}
    assert forge.sent("POST") == forge.sent("PUT") == forge.sent("PATCH") == []


def test_no_more_are_open_than_allowed(forge: Forge) -> None:
    """``--max-open`` holds the rest, by name."""
    done = forge.yard.batch("push", "--max-open", "2")
    assert "enough pull requests are open" in done.stdout
    assert len(forge.requests) == 2


def test_the_token_is_nowhere(forge: Forge) -> None:
    """Neither output nor state nor a clone has it, not even where the forge sends it back in an error."""
    path = CREATE[forge.kind]
    forge.fault("POST", path, times=9, status=422, body={"message": f"no, {TOKEN}"})
    done = forge.yard.batch("push")
    assert "••••" in done.stdout
    assert TOKEN not in done.stdout + done.stderr
    files = [file for file in forge.yard.root.rglob("*") if file.is_file() and "remotes" not in file.parts]
    assert [file for file in files if TOKEN.encode() in file.read_bytes()] == []


def test_another_host_gets_no_token(forge: Forge) -> None:
    """A URL of another host in the list is not sent the token: the push there fails for want of it."""
    text = (forge.yard.root / "fleet.toml").read_text()
    (forge.yard.root / "fleet.toml").write_text(text.replace('host = "127', 'host = "10.0.0.1'))
    done = forge.yard.batch("push")
    assert "failed" in done.stdout
    assert "Authentication failed" in done.stdout or "could not read Username" in done.stdout


def test_the_state_is_private(forge: Forge) -> None:
    """Its folder is its owner's only: it holds plans of repositories that others may not read."""
    forge.yard.batch("plan")
    assert (forge.yard.root / ".ssot-fleet").stat().st_mode & 0o777 == 0o700
