"""What kind of file a path is, the bounds of all readers, and the check after an edit."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_migrate.edits import Edit, splice
from ssot_migrate.languages.commands import Unreadable, read_commands, reread_ok
from ssot_migrate.model import Source

Make = Callable[[str, str | bytes], Source]


@pytest.mark.parametrize(
    "data",
    [
        b"pytest \xff\n",
        b"pytest \0\n",
        "pytest\n".encode("utf-16"),
        b"pytest\n" * 400_000,
        b"a|" * 20_000,
        b"a=(" * 20_000,
        b"( " * 20_000,
        b"true;" * 20_000,
    ],
)
def test_files_beyond_reason_are_unreadable(make: Make, data: bytes) -> None:
    """Other encodings, binary data, huge files and bottomless shell text never reach a parser."""
    with pytest.raises(Unreadable) as caught:
        read_commands(make("a.sh", data))
    assert caught.value.reason


def test_scripts_in_scripts_end(make: Make) -> None:
    """A script that quotes a script that quotes a script … is read some levels deep."""
    text = "pytest"
    for _ in range(6):
        text = "sh -c '" + text.replace("'", "'\\''") + "'"
    assert read_commands(make("a.sh", text))


def test_python_files_are_not_read_here(make: Make) -> None:
    """A caller that asks for shell commands of Python has made a mistake, and is told so."""
    with pytest.raises(Unreadable):
        read_commands(make("a.py", "x = 1\n"))


@pytest.fixture(scope="session", name="make")
def _make(source: Make) -> Make:
    return source


EDITABLE = [
    ("a.sh", "pytest a\n"),
    ("Makefile", "a:\n\t@pytest a\n"),
    ("Dockerfile", "FROM b\nRUN pytest a\n"),
    ("ci.yml", "run: pytest a  # c\n"),
    ("ci.yml", "run: |\n  pytest a\n"),
    ("ci.yml", "run: 'pytest a'\n"),
    ("README.md", "```bash\npytest a\n```\n"),
    ("tox.ini", "[testenv]\ncommands = pytest a\n"),
    ("pyproject.toml", '[tool.poe.tasks]\na = "pytest a"\n'),
    ("package.json", '{"scripts": {"a": "pytest a"}}'),
]
LISTED = [
    ("Dockerfile", 'CMD ["pytest", "a"]\n'),
    ("ci.yml", 'command: ["pytest", "a"]\n'),
    ("ci.yml", "command: [pytest, a]\n"),
    ("ci.yml", "x:\n  command:\n  - pytest\n  - a\ny: z\n"),
    ("ci.yml", "command:\r\n  - 'pytest'\r\n  - 'a'\r\n"),
    ("tox.toml", 'env_run_base.commands = [["pytest", "a"]]\n'),
]


@pytest.mark.parametrize(("path", "text"), EDITABLE + LISTED)
def test_words_can_be_replaced_and_added(make: Make, path: str, text: str) -> None:
    """Words joined by the command's joint read back as those words, in every carrier and form."""
    source = make(path, text)
    (command,) = read_commands(source)
    words = ["python", "tests/unified_test_runner.py", "--category", "unit"]
    target = command.words[0].span
    after = splice(source.data, [Edit(target.start, target.end, command.joint.join(words))])
    assert reread_ok(source, after) == ""
    (edited,) = read_commands(make(path, after))
    assert [word.text for word in edited.words] == [*words, "a"]
    assert edited.form == command.form


def test_words_beside_a_table_can_be_added(make: Make) -> None:
    """A list that also holds what the tool replaces may get more words, and keeps its tables."""
    text = 'env_run_base.commands = [["pytest", "a", {replace = "posargs"}]]\n'
    source = make("tox.toml", text)
    target = read_commands(source)[0].words[0].span
    after = splice(source.data, [Edit(target.start, target.end, 'python", "run.py')])
    assert reread_ok(source, after) == ""
    assert reread_ok(source, text.replace(', {replace = "posargs"}', "").encode())
    assert reread_ok(source, text.replace('"a", {replace', "{replace").replace('"}', '"}, "a"').encode())


@pytest.mark.parametrize(("path", "text"), EDITABLE)
@pytest.mark.parametrize("breaking", ["x; tox", "x $(", "x && tox", "'x", "x\ny:", "x # y", "( x"])
def test_an_edit_that_breaks_a_file_is_told(make: Make, path: str, text: str, breaking: str) -> None:
    """Text that would end a string, comment the rest out, or make another command never passes."""
    source = make(path, text)
    target = read_commands(source)[0].words[0].span
    assert reread_ok(source, splice(source.data, [Edit(target.start, target.end, breaking)]))


@pytest.mark.parametrize(
    ("path", "text", "after"),
    [
        ("Makefile", "a:\n\tpytest a\n", "a:\npytest a\n"),
        ("Dockerfile", "RUN pytest a\n", "RUM pytest a\n"),
        ("ci.yml", "run: pytest a\n", "ran: pytest a\n"),
        ("ci.yml", "run: pytest a\n", "run: [pytest, a]\n"),
        ("README.md", "```bash\npytest a\n```\n", "```bash\npytest a\n```bash\n"),
        ("tox.ini", "[testenv]\ncommands = pytest a\n", "[testenv]\ncommand = pytest a\n"),
        ("pyproject.toml", 'x = 1\n[tool.poe.tasks]\na = "tox"\n', 'x = 2\n[tool.poe.tasks]\na = "tox"\n'),
        ("package.json", '{"scripts": {"a": "tox"}}', '{"scripts": {"b": "tox"}}'),
        ("a.sh", "pytest a\n", "pytest \xff\n"),
    ],
)
def test_what_is_no_word_must_stay(make: Make, path: str, text: str, after: str) -> None:
    """Keys, keywords, fences, numbers and the encoding are not an edit's to change."""
    assert reread_ok(make(path, text), after.encode("latin-1"))
