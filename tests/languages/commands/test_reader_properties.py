"""What holds of every reader for any bytes at all."""

from __future__ import annotations

import shlex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.languages.commands import Unreadable, read_commands, reread_ok
from ssot_migrate.model import FileKind, Source

PATHS = {
    FileKind.SHELL: "a.sh",
    FileKind.MAKE: "Makefile",
    FileKind.DOCKERFILE: "Dockerfile",
    FileKind.YAML: "ci.yml",
    FileKind.MARKDOWN: "a.md",
    FileKind.INI: "tox.ini",
    FileKind.TOML: "pyproject.toml",
    FileKind.JSON: "package.json",
}
CARRIERS = {
    FileKind.SHELL: "{}\n",
    FileKind.MAKE: "a:\n\t{}\n",
    FileKind.DOCKERFILE: "FROM x\nRUN {}\nCMD {}\n",
    FileKind.YAML: "a: &é\n- run: {}\n- script: |\n    {}\n- command: [{}]\n",
    FileKind.MARKDOWN: "é\n> ```bash\n> {}\n> ```\n- ~~~console\n  $ {}\n  ~~~\n",
    FileKind.INI: "[testenv]\ncommands =\n  {}\n  é: {}\n",
    FileKind.TOML: '[tool.poe.tasks]\na = \'{}\'\nb = """{}"""\n[tool.pdm.scripts]\nc.cmd = ["{}"]\n',
    FileKind.JSON: '{{"é": 1, "scripts": {{"a": "{}", "b": "{}"}}}}',
}
TOKENS = [
    *(
        "pytest",
        "tox",
        "é",
        "-x",
        "a/b.py::c",
        "A=1",
        "sh -c",
        "'a b'",
        '"a $B"',
        "'",
        '"',
        "\\",
        "\\\n",
        "\n",
        "\r\n",
    ),
    *(
        " ",
        "\t",
        "$X",
        "${X}",
        "$(",
        "`",
        ")",
        "(",
        "{",
        "}",
        "{a}",
        "[",
        "]",
        "|",
        "&&",
        ";",
        ">",
        "<",
        "<<E\n",
        "E\n",
    ),
    *(
        "#",
        " #",
        ": ",
        "- ",
        "? ",
        "*",
        "&a ",
        "*a",
        "!t ",
        "=",
        ",",
        "@",
        "\ufeff",
        "\x85",
        "\u2028",
        "😀",
        "```",
        "~~~",
    ),
    *(
        "if x; then ",
        "fi",
        "for i in a; do ",
        "done",
        "case x in ",
        "esac",
        "${{ x }}",
        "{{ x }}",
        "define x\n",
        "endef\n",
    ),
]
SHELL_TEXT = st.lists(st.sampled_from(TOKENS) | st.text(max_size=3), max_size=12).map("".join)


def check(source: Source) -> None:
    """Read a file: it is refused, or all its spans are right and it still is the file that it is."""
    try:
        commands = read_commands(source)
    except Unreadable:
        return
    for command in commands:
        assert command.words
        assert 0 <= command.span.start <= command.span.end <= len(source.data)
        assert command.line == source.data.count(b"\n", 0, command.span.start) + 1
        for word in (*command.assignments, *command.words):
            assert command.span.covers(word.span)
            assert not word.plain or word.span.slice(source.data) == word.text.encode()
    assert reread_ok(source, source.data) == ""


@pytest.mark.parametrize("kind", PATHS)
@given(data=st.binary(max_size=200))
def test_any_bytes(kind: FileKind, data: bytes) -> None:
    """No bytes make a reader raise anything but ``Unreadable``."""
    check(Source(PATHS[kind], data, "", kind))


@pytest.mark.parametrize("kind", PATHS)
@given(text=SHELL_TEXT)
def test_any_text_of_shell_tokens(kind: FileKind, text: str) -> None:
    """A plain word's bytes are its value, whatever surrounds it."""
    check(Source(PATHS[kind], text.encode("utf-8", "replace"), "", kind))


@pytest.mark.parametrize("kind", PATHS)
@given(first=SHELL_TEXT, second=SHELL_TEXT, newline=st.sampled_from(["\n", "\r\n"]), bom=st.booleans())
def test_any_shell_text_in_its_carrier(
    kind: FileKind, first: str, second: str, newline: str, bom: bool
) -> None:
    """The same holds in the place where a carrier has its commands."""
    text = CARRIERS[kind].format(first, second, first).replace("\n", newline)
    check(Source(PATHS[kind], (("\ufeff" if bom else "") + text).encode("utf-8", "replace"), "", kind))


WORD = st.text("abcé./:=-_+,%@", min_size=1, max_size=8).map(lambda text: f"w{text}")


@given(words=st.lists(st.tuples(WORD, st.booleans()), min_size=1, max_size=6))
def test_words_are_those_that_a_shell_splits(words: list[tuple[str, bool]]) -> None:
    """Quoted and bare words come out as ``shlex`` splits them."""
    line = " ".join(shlex.quote(word + " ;") if quoted else word for word, quoted in words)
    (command,) = read_commands(Source("a.sh", f"run {line}\n".encode(), "", FileKind.SHELL))
    assert [word.text for word in command.words] == shlex.split(f"run {line}")
    assert [word.plain for word in command.words] == [True, *(not quoted for _, quoted in words)]
