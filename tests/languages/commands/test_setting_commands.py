"""Commands in the settings of project tools: tox, hatch, poe, pdm and npm."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_migrate.languages.commands import Unreadable

Read = Callable[[str, str | bytes], list[str]]

TOX = """\
[tox]
env_list = py
[testenv]
deps = pytest
commands =
    pytest {posargs: -x {toxinidir}/t} \\
      --cov
    # pytest no
    py311,!cov: - pytest a  # c

    {envpython} -m pytest
commands_pre = pytest b
"""
PYPROJECT = '''\
when = 1979-05-27 07:32:00
[[tool.x.y]]
z = [1, {a = "]"}, [2.5, true]]
[tool.hatch.envs.default.scripts]
"te st" = "pytest {args:t}"
all = ["pytest a", 'tox']
[tool.poe.tasks]
a = "pytest é"
b.cmd = 'pytest b'
c = [{shell = """
pytest c; { tox; }"""}, "a"]
d = {sequence = [{cmd = "tox d"}], help = "pytest no"}
[tool.pdm.scripts]
e = "pytest \\"e\\""
f = {cmd = ["pytest", "f"]}
[tool]
tox.legacy_tox_ini = """
[testenv]
commands = pytest g
"""
[tool.tox.env_run_base]
commands = [["pytest", {replace = "posargs"}, "h"], ['tox', "i"]]
'''


def test_tox_ini(read: Read) -> None:
    """Commands of tox keep their substitutions as words, and lose factors and the mark to ignore failure."""
    assert read("tox.ini", TOX) == [
        "pytest ~{posargs: -x {toxinidir}/t} --cov",
        "pytest a",
        "~{envpython} -m pytest",
        "pytest b",
    ]
    assert read("tox.ini", TOX.replace("\n", "\r\n")) == read("tox.ini", f"\ufeff{TOX}")


def test_setup_cfg(read: Read) -> None:
    """There, only sections of test environments are tox's."""
    assert read("setup.cfg", "[testenv:a]\ncommands = pytest a\n[other]\ncommands = pytest no\n") == [
        "pytest a"
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_pyproject(read: Read, newline: str) -> None:
    """Tasks are found by their tables, however those are written; what is escaped is locked."""
    assert read("pyproject.toml", PYPROJECT.replace("\n", newline)) == [
        "pytest ~{args:t}",
        "pytest a",
        "tox",
        "pytest é",
        "pytest b",
        "pytest c",
        "tox",
        "tox d",
        "~pytest ~e !written with escapes",
        '[pytest", "f]',
        "pytest g !in an INI text within TOML",
        '[pytest", "~{replace = "posargs"}", "h]',
        "[tox, i] !its elements are quoted in different ways",
    ]


def test_tox_toml(read: Read) -> None:
    """The same tables stand at its top."""
    text = (
        '\ufeffenv_run_base.commands = [["pytest", "{posargs}"]]\n[env.a]\ncommands_pre = [\n ["tox"], # c\n]'
    )
    assert read("tox.toml", text) == ['[pytest", "~{posargs}]', "[tox]"]


def test_package_json(read: Read) -> None:
    """The top-level scripts are commands; one with escapes is locked."""
    scripts = '{"t": "pytest é && tox", "u": "tox \\"a\\"", "v": 1}'
    text = f'\ufeff{{"name": "é pytest", "x": {{"scripts": {{"a": "no"}}}},\n "scripts": {scripts}}}'
    assert read("package.json", text) == ["pytest é", "tox", "~tox ~a !written with escapes"]
    assert read("package.json", '{"scripts": []}') == read("package.json", "[1]") == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tox.ini", "commands = pytest\n"),
        ("pyproject.toml", "a = \n"),
        ("package.json", '{"scripts": {"a": "pytest"'),
        ("package.json", "[" * 100_000),
        ("pyproject.toml", "a." * 50_000 + "b = 1"),
        ("pyproject.toml", "a = " + "[" * 100_000),
    ],
)
def test_what_does_not_parse_is_unreadable(read: Read, path: str, text: str) -> None:
    """Broken settings are refused with a reason."""
    with pytest.raises(Unreadable):
        read(path, text)
