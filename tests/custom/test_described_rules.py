"""Rules that a team describes in its settings: what is edited, what is only said, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode
from ssot_migrate.settings import CustomRule, Settings, parse_settings
from tests.custom.conftest import Make, Run

FETCH = """\
[custom.legacy-fetch]
id = "SSOT901"
summary = "the retired HTTP helper"
from = "legacy.http.fetch"
to = "shared.http.get"
call = "{to}({0}, seconds={timeout})"
safety = "safe"
"""
BASES = """\
[custom.legacy-case]
id = "SSOT902"
summary = "a base of the old framework"
class = 'legacy\\.\\w+Case'
near = "legacy"
to = "shared.cases.TeamCase"
safety = "safe"
"""
MODULES = {
    "conftest.py": "",
    "legacy/__init__.py": "",
    "legacy/http.py": "def fetch(url, timeout=1):\n    return url\n",
    "shared/__init__.py": "",
    "shared/http.py": "def get(url, seconds=1):\n    return url\n",
    "shared/cases.py": "class TeamCase:\n    pass\n",
}


def after(make: Make, run: Run, settings: str, text: str, **more: str) -> tuple[str, str]:
    """The text of a test once the rules are applied, and what the plan says, a line each."""
    root = make(settings, {**MODULES, **more, "tests/test_it.py": text})
    said = run("plan", "--format", "lines").stdout
    assert run("apply", "--in-place").returncode == ExitCode.OK
    return (root / "tests/test_it.py").read_text(), said


def test_a_call_becomes_what_the_template_says(make: Make, run: Run) -> None:
    """Arguments keep their text, wherever they go; the import moves; what the ledger counts adds up."""
    head = "from legacy.http import fetch\n\n\ndef test_it():\n"
    text = f"{head}    assert fetch('a' + 'b', timeout=1 + 1)  # two\n"
    changed, said = after(make, run, FETCH, text)
    assert changed == (
        "from shared.http import get\n\n\ndef test_it():\n    assert get('a' + 'b', seconds=1 + 1)  # two\n"
    )
    assert said == "tests/test_it.py:5: legacy-fetch: changed (safe): the retired HTTP helper\n"


@pytest.mark.parametrize(
    ("head", "use"),
    [
        ("import legacy.http", "legacy.http.fetch"),
        ("from legacy import http as h", "h.fetch"),
        ("from legacy.http import fetch as f", "f"),
        ("from legacy.handed import fetch", "fetch"),
    ],
)
def test_a_symbol_is_found_by_what_its_name_means(make: Make, run: Run, head: str, use: str) -> None:
    """Modules, other names and re-exports lead to it."""
    handed = {"legacy/handed.py": "from legacy.http import fetch\n"}
    changed, _ = after(make, run, FETCH, f"{head}\n\nVALUE = {use}('u', timeout=2)\n", **handed)
    assert "from shared.http import get\n" in changed
    assert "VALUE = get('u', seconds=2)\n" in changed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from legacy.http import fetch\nfetch('u')\n", "the call's arguments are not those of the template"),
        ("from legacy.http import fetch\nfetch(*[1], timeout=2)\n", "arguments are not those"),
        ("patch('legacy.http.fetch')\nimport legacy\n", "named in a string"),
        ("import legacy.http\nlegacy.http.fetch = None\n", "given another value here"),
        (
            "try:\n    from legacy.http import fetch\nexcept ImportError:\n    fetch = None\nf(fetch)\n",
            "may be legacy.http.fetch or what line 4 binds",
        ),
    ],
)
def test_what_cannot_be_told_is_advice(make: Make, run: Run, text: str, said: str) -> None:
    """It is said why, and not a byte is touched."""
    changed, lines = after(make, run, FETCH, text)
    assert changed == text
    assert ": legacy-fetch: advice: " in lines
    assert said in lines


@pytest.mark.parametrize(
    "text",
    [
        "def fetch(url, timeout):\n    pass\n\n\nfetch('u', timeout=2)\n",
        "from other.http import fetch\nfetch('u', timeout=2)\n",
        "fetch = {}\nfetch['legacy.http'] = 2\n",
        "# legacy.http.fetch\n",
    ],
)
def test_another_thing_of_that_name_is_silent(make: Make, run: Run, text: str) -> None:
    """A name is not the symbol."""
    assert after(make, run, FETCH, text) == (text, "")


def test_a_comment_between_arguments_is_not_lost(make: Make, run: Run) -> None:
    """A template has no place for it, so that the gate on comments keeps the call."""
    text = "from legacy.http import fetch\nfetch(\n    'u',  # why\n    timeout=2,\n)\n"
    changed, said = after(make, run, FETCH, text)
    assert changed == text
    assert "comment" in said


def test_bases_that_match_move(make: Make, run: Run) -> None:
    """Only the base changes, under whatever name it was imported; others stay."""
    head = "import legacy\nfrom legacy import OldCase as Base\n\n\nclass TestA(Base, dict):\n    pass\n"
    text = f"{head}\n\nclass TestB(legacy.NewCase): pass\n\n\nclass TestC(legacy.Caseless): pass\n"
    changed, said = after(make, run, BASES, text)
    assert "class TestA(TeamCase, dict):" in changed
    assert "class TestB(TeamCase): pass" in changed
    assert "class TestC(legacy.Caseless): pass" in changed
    assert "from shared.cases import TeamCase" in changed
    assert said.count("legacy-case: changed (safe)") == 2


def test_a_pattern_has_a_time_limit(make: Make, run: Run) -> None:
    """One that thinks for ever costs its class statement, which is named as a problem."""
    settings = BASES.replace(r"'legacy\.\w+Case'", "'legacy.(a|a|aa)+X'")
    make(settings, {**MODULES, "tests/test_it.py": f"import legacy\n\n\nclass T(legacy.{'a' * 150}): pass\n"})
    done = run("plan")
    assert done.returncode == ExitCode.PARTIAL
    assert "needs more than" in done.stdout + done.stderr


def test_a_target_that_is_not_there_is_never_imported(make: Make, run: Run) -> None:
    """The gate on imports holds for rules of a team as for ours."""
    text = "from legacy.http import fetch\nfetch('u', timeout=2)\n"
    changed, said = after(make, run, FETCH.replace("shared.http.get", "nowhere.http.get"), text)
    assert changed == text
    assert "import-guard: nowhere.http is neither in the repository nor in Python" in said


def test_a_rule_is_one_like_any_other(make: Make, run: Run) -> None:
    """It can be chosen, switched off and suppressed; the score counts it under ``team``."""
    text = "from legacy.http import fetch\nfetch('u', timeout=2)  # ssot: " + "allow[legacy-fetch] vendor\n"
    make(FETCH, {**MODULES, "tests/test_it.py": text})
    assert "suppressed: vendor" in run("plan", "--rule", "SSOT901", "--format", "lines").stdout
    make(FETCH, {"tests/test_it.py": text.partition("  #")[0] + "\n"})
    assert "team" in run("check").stdout
    make(FETCH + '\n[policy]\nlegacy-fetch = "review"\n', {})
    assert "held" in run("plan", "--format", "lines").stdout


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('from = "legacy.http.fetch"', ""), "say either `from` or `class`"),
        (('to = "shared.http.get"', ""), "`to` is missing"),
        (("{0}", "{0.__class__}"), "nothing else in braces"),
        (("{0}", "{0!r}"), "nothing else in braces"),
        (("{0}", "{"), "call: "),
        (("SSOT901", "SSOT101"), "id"),
        (("legacy-fetch", "Legacy"), "custom"),
        (('"safe"', '"sure"'), "safety"),
        (("legacy.http.fetch", "fetch; import os"), "from"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    make: Make, run: Run, change: tuple[str, str], said: str
) -> None:
    """Settings are checked before anything is read, and the message names what is wrong."""
    make(FETCH.replace(*change), {})
    done = run("plan")
    assert done.returncode == ExitCode.USAGE
    assert said in done.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('near = "legacy"', ""), "`near` must be"),
        ((r"'legacy\.\w+Case'", "'(('"), "class: "),
        (("safety", 'call = "{to}()"\nsafety'), "`call` goes with `from`"),
    ],
)
def test_a_class_rule_that_makes_no_sense_is_refused(
    make: Make, run: Run, change: tuple[str, str], said: str
) -> None:
    """A pattern must be one, and there must be a quick way to pass over files."""
    make(BASES.replace(*change), {})
    assert said in run("plan").stderr


def test_goldens_are_compared_and_written(make: Make, run: Run, tmp_path: Path) -> None:
    """What comes out is what is expected, or a diff and exit code 1; ``--update`` writes it."""
    golden = {f"ssot-rules/legacy-fetch/before/{path}": text for path, text in MODULES.items()}
    golden["ssot-rules/legacy-fetch/before/tests/test_a.py"] = (
        "from legacy.http import fetch\nfetch('u', timeout=2)\n"
    )
    make(FETCH, golden)
    done = run("test-rule")
    assert done.returncode == ExitCode.FAILED
    assert "FAILED legacy-fetch" in done.stdout
    assert "+get('u', seconds=2)" in done.stdout

    assert run("test-rule", "--update").returncode == ExitCode.OK
    done = run("test-rule", "legacy-fetch")
    assert (done.returncode, done.stdout) == (ExitCode.OK, "ok legacy-fetch\n")
    written = tmp_path / "repo/ssot-rules/legacy-fetch/findings.txt"
    assert written.read_text() == "tests/test_a.py:2: legacy-fetch: changed (safe): the retired HTTP helper\n"
    assert run("test-rule", "nothing").returncode == ExitCode.USAGE
    assert run("plan", "--format", "lines").stdout == ""  # goldens are no code of the repository


def test_a_rule_is_plain_data() -> None:
    """What the settings hold is what a worker process gets."""
    assert parse_settings(None, FETCH.encode()) == Settings(
        custom={
            "legacy-fetch": CustomRule(
                "SSOT901",
                "the retired HTTP helper",
                from_="legacy.http.fetch",
                to="shared.http.get",
                call="{to}({0}, seconds={timeout})",
                safety="safe",
            )
        }
    )
