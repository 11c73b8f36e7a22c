"""``check`` against a baseline: what is accepted, what expires, and what goes for good."""

from __future__ import annotations

from ssot_migrate.errors import ExitCode
from tests.compliance.checked import ACCEPT, BASELINE, lines, report
from tests.compliance.conftest import LEGACY, Repo, Run


def test_the_ratchet_turns_both_ways(repo: Repo, run: Run) -> None:
    """Accepted debt passes, new debt fails, a fixed line fails until it is taken out, and stays out."""
    assert run("check", *ACCEPT).returncode == ExitCode.OK
    assert len(lines(repo)) == 3
    assert all(line.endswith(" -- debt from before") for line in lines(repo))
    assert run("check", *BASELINE).returncode == ExitCode.OK

    repo.commit(web__more=LEGACY)
    done = run("check", *BASELINE, "--format", "json")
    assert done.returncode == ExitCode.DEBT
    new = [v["finding"]["path"] for v in report(done)["violations"] if v.get("status", "new") == "new"]
    assert new == ["web/more.py"] * 3

    repo.commit(web__more="", api__config=LEGACY.replace('    return os.environ["URL"]\n', ""))
    done = run("check", *BASELINE)
    assert done.returncode == ExitCode.DEBT
    assert "api/config.py: fixed, but still in the baseline" in done.stdout
    assert run("check", *BASELINE, "--update").returncode == ExitCode.OK
    assert len(lines(repo)) == 2

    repo.commit(api__config=LEGACY)
    assert run("check", *BASELINE).returncode == ExitCode.DEBT


def test_update_never_adds(repo: Repo, run: Run) -> None:
    """``--update`` only shrinks: what is new goes on failing."""
    run("check", *ACCEPT)
    repo.commit(web__more=LEGACY)
    before = lines(repo)

    assert run("check", *BASELINE, "--update").returncode == ExitCode.DEBT
    assert lines(repo) == before


def test_lines_survive_edits_elsewhere_in_the_file(repo: Repo, run: Run) -> None:
    """No line number is in a key: code that moves is the same debt, a third copy of it is new."""
    run("check", *ACCEPT)
    repo.commit(api__config='"""Moved."""\n\n' + LEGACY)
    assert run("check", *BASELINE).returncode == ExitCode.OK

    third = '    os.environ["DEBUG"] = "1"\n'
    repo.commit(api__config=LEGACY.replace(third, third * 2, 1))
    done = run("check", *BASELINE, "--format", "json")
    assert [v.get("status", "new") for v in report(done)["violations"]].count("new") == 1


def test_an_accepted_violation_expires(run: Run) -> None:
    """After its day it fails, and a new ``--accept`` gives it another one."""
    run("check", *ACCEPT, "--until", "2026-03-31")
    assert run("check", *BASELINE, "--today", "2026-03-31").returncode == ExitCode.OK

    done = run("check", *BASELINE, "--today", "2026-04-01")
    assert done.returncode == ExitCode.DEBT
    assert "accepted until 2026-03-31, which has passed" in done.stdout
    assert run("check", *ACCEPT, "--until", "2026-09-30", "--today", "2026-04-01").returncode == ExitCode.OK
    assert run("check", *BASELINE, "--today", "2026-09-30").returncode == ExitCode.OK


def test_what_was_not_looked_at_is_not_called_fixed(repo: Repo, run: Run) -> None:
    """Another service, another rule, a file that cannot be parsed: their lines stay, even with --update."""
    run("check", *ACCEPT)
    for narrowed in (("--service", "web"), ("--rule", "direct-runner")):
        assert run("check", *BASELINE, "--update", *narrowed).returncode == ExitCode.OK
    repo.commit(api__config="def broken(:\n    os.environ\n")
    assert run("check", *BASELINE, "--update").returncode == ExitCode.PARTIAL
    assert len(lines(repo)) == 3
