"""Commands of shell scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_migrate.languages.commands import read_commands
from ssot_migrate.model import Source

Read = Callable[[str, str | bytes], list[str]]
BROKEN = "!the shell text around it does not parse"


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("cd a && pytest b || exit 1; tox\n", ["cd a", "pytest b", "exit 1", "tox"]),
        ("pytest a | tee log & pytest b |& cat\n", ["pytest a", "tee log", "pytest b", "cat"]),
        ("( pytest a ); { pytest b; }; ! pytest c\n", ["pytest a", "pytest b", "pytest c"]),
        ("if pytest a; then pytest b; else pytest c; fi\n", ["pytest a", "pytest b", "pytest c"]),
        ("for t in a b; do pytest $t; done\n", ["pytest ~$t"]),
        ("while pytest a; do :; done; until pytest b; do :; done\n", ["pytest a", ":", "pytest b", ":"]),
        ("case $1 in a) pytest a;; *) pytest b;; esac\n", ["pytest a", "pytest b"]),
        ("f() { pytest a; }; function g { pytest b; }\n", ["pytest a", "pytest b"]),
        ("x=$(pytest a); export Y=`pytest b`\n", ["pytest a", "pytest b"]),
        ("[ -x pytest ] && pytest a\n", ["pytest a"]),
        ("diff <(pytest a) b\n", ["diff ~<(pytest a) b", "pytest a"]),
        ("# pytest a\npytest b # pytest c\n", ["pytest b"]),
    ],
)
def test_commands_are_found_wherever_they_run(read: Read, script: str, expected: list[str]) -> None:
    """Lists, pipelines, groups, conditions, loops, cases, functions and substitutions hold commands."""
    assert read("a.sh", script) == expected


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("exec pytest a\n", "exec pytest a"),
        ("A=1 B='x y' pytest\n", "A=1 ~B=x y pytest"),
        ("env A=1 pytest a\n", "env A=1 pytest a"),
        ("time sudo -u me xvfb-run -a pytest a\n", "time sudo -u me xvfb-run -a pytest a"),
        ("pytest -k 'not slow' \"a b\" c\\ d e'f'\"g\"\n", "pytest -k ~not slow ~a b ~c d ~efg"),
        (
            'pytest $A "${B}/t" t/*.py ~/t {a,b} t.py::a[1]\n',
            "pytest ~$A ~${B}/t ~t/*.py ~~/t ~{a,b} ~t.py::a[1]",
        ),
        ("pytest --a=b:c -n 4 +x @f a#b é\n", "pytest --a=b:c -n 4 +x @f a#b é"),
        ("pytest \\\n  a \\\n  -x\n", "pytest a -x"),
        ("pytest a\\\nb\n", "pytest ~ab"),
        ("pytest > log a 2>&1 -x\n", "pytest a -x"),
        ("> log pytest a <<< x -x\n", "pytest a -x"),
        ("pytest a \\\r\n  -x\r\n", "pytest a -x"),
        ("\ufeffpytest a\n", "pytest a"),
        ("pytest ${{ matrix.args }} {{ more }}\n", "pytest ~${{ matrix.args }} ~{{ more }}"),
        ('pytest "$(nproc)"\n', 'pytest ~"$(nproc)"'),
    ],
)
def test_words_are_plain_only_if_their_bytes_are_their_value(read: Read, script: str, expected: str) -> None:
    """Quotes, expansions, globs and templates make a word not plain; redirections are no words."""
    assert read("a.sh", script)[0] == expected


def test_a_script_within_quotes_is_read(read: Read) -> None:
    """What ``sh -c`` runs is a text of its own, editable as long as its quotes hide nothing."""
    script = "bash -ec 'cd x && pytest a'\nsudo sh -c \"pytest \\\"$A\\\"\"\nssh host 'pytest b'\n"
    assert read("a.sh", script) == [
        "bash -ec ~cd x && pytest a",
        'sudo sh -c ~pytest "$A"',
        "ssh host ~pytest b",
        "cd x",
        "pytest a",
        'pytest ~"$A" !in quotes with escapes or substitutions',
    ]


def test_a_here_document_is_text(read: Read) -> None:
    """Its lines are no commands; a substitution in it is one, and locked."""
    script = "cat <<EOF | tox -q\npytest a\n$(pytest b)\nEOF\ncat <<'EOF' > f\n$(pytest c)\nEOF\npytest d\n"
    assert read("a.sh", script) == ["cat", "tox -q", "pytest b !in a here-document", "cat", "pytest d"]


def test_what_does_not_parse_is_locked(read: Read) -> None:
    """A syntax error locks the commands of its statement, and no others."""
    assert read("a.sh", "pytest a\npytest b ; ) ; pytest c\npytest d\n") == [
        "pytest a",
        f"pytest b {BROKEN}",
        f"pytest c {BROKEN}",
        "pytest d",
    ]
    assert read("a.sh", "\n\npytest - <<E\nE\ntox > a b\n") == [f"pytest {BROKEN}", "tox b"]
    assert read("a.sh", "if true; then\n  pytest a\n") == [f"true {BROKEN}", f"pytest a {BROKEN}"]


def test_backquotes_with_escapes_are_locked(read: Read) -> None:
    """Text that a shell reads twice is not edited."""
    assert read("a.sh", "x=`pytest \\`a\\``\n")[0].endswith("!in backquotes with escapes")


def test_characters_beyond_ascii_are_parts_of_words(read: Read) -> None:
    """None of them ends a word, makes an assignment, or kills the parser."""
    for character in "é\x85\xa0\u2028\ufeff\U000fb11e\U0010ffff":
        line = f"pytest {{{character} a{character}b {character}=1"
        assert read("a.sh", f"\n{character}=1 {line}\n") == [
            f"{character}=1 pytest ~{{{character} a{character}b {character}=1"
        ]


def test_places_are_exact(source: Callable[[str, str | bytes], Source]) -> None:
    """A command has the line it begins on and a span from its first assignment to its last word."""
    made = source("a.sh", "#!/bin/sh\n\nif x; then\n  A=é pytest > log a  # c\nfi\n")
    command = read_commands(made)[1]
    assert command.line == 4
    assert command.span.slice(made.data).decode() == "A=é pytest > log a"
    assert [word.span.slice(made.data).decode() for word in command.words] == ["pytest", "a"]
