"""Commands in YAML: which scalars they are, and when their bytes may be edited."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_migrate.languages.commands import Unreadable

Read = Callable[[str, str | bytes], list[str]]
FOLDED = "!in a quoted scalar with escapes or folded lines"

GITHUB = """\
on: push
jobs:
  test:
    steps:
    - uses: actions/checkout@v4
    - run: pytest a  # not b
    - {name: tests, run: "pytest 'b'"}
    - run: |
        pytest ${{ matrix.args }} \\
          -x

        if x; then
          tox
        fi
    - run: pytest c
      shell: pwsh
    - uses: nick-fields/retry@v3
      with: {command: pytest d}
    - uses: actions/github-script@v7
      with: {script: "pytest(e)"}
"""
GITLAB = """\
.setup: &setup
  - pip install tox
test:
  before_script: *setup
  script:
    - pytest a
    - *setup
    - - pytest b
    - !reference [.other, script]
  after_script: pytest c
"""
CIRCLE = """\
jobs:
  build:
    steps:
      - run: pytest a << parameters.more >>
      - run: {name: b, command: pytest b}
"""
COMPOSE = """\
services:
  a:
    command: pytest a
    healthcheck: {test: ["CMD", "pytest", "-h"]}
  b:
    command: ["pytest", "b"]
    healthcheck: {test: [CMD-SHELL, "pytest -h || exit 1"]}
  c:
    command:
      - pytest
      - -x
    test: pytest no
  d:
    entrypoint: ["sh", "-c"]
    command: ["cd x && pytest d"]
"""
AZURE = "steps:\n- script: pytest a\n- bash: pytest b\n- task: Bash@3\n  inputs: {inlineScript: pytest c}\n"
CLOUD_BUILD = """\
steps:
- name: python
  entrypoint: python
  args: ['-m', 'pytest']
- {name: x, args: [pytest, -x]}
"""
HOOKS = """\
- hooks:
  - {id: a, entry: pytest a, pass_filenames: false}
  - {id: b, entry: pytest b}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            GITHUB,
            [
                "pytest a",
                "pytest ~b",
                "pytest ~${{ matrix.args }} -x",
                "x",
                "tox",
                "pytest c !its shell is pwsh",
                "pytest d !an input of nick-fields/retry@v3",
            ],
        ),
        (GITLAB, ["pip install tox", "pytest a", "pytest b", "pytest c"]),
        (CIRCLE, ["pytest a ~<< parameters.more >>", "pytest b"]),
        (
            COMPOSE,
            [
                "pytest a",
                '[pytest", "-h]',
                '[pytest", "b]',
                "pytest -h",
                "exit 1",
                "[pytest\n      - -x]",
                '[sh", "-c", "cd x && pytest d] !its words stand in entrypoint and command',
                "cd x",
                "pytest d",
            ],
        ),
        (AZURE, ["pytest a", "pytest b", "pytest c"]),
        (
            CLOUD_BUILD,
            [
                "python !its words stand in entrypoint and args",
                "[-m', 'pytest] !its words stand in entrypoint and args",
                "[pytest, -x]",
            ],
        ),
        (HOOKS, ["pytest a", "pytest b !pre-commit appends file names to it"]),
    ],
    ids=["github", "gitlab", "circle", "compose", "azure", "cloud-build", "pre-commit"],
)
def test_pipelines_of_every_maker(read: Read, text: str, expected: list[str]) -> None:
    """The commands of each format come in the order of the file, each once, anchors or not."""
    assert sorted(read("ci.yml", text)) == sorted(expected)


@pytest.mark.parametrize(
    ("scalar", "expected"),
    [
        ("pytest é", "pytest é"),
        ("&x pytest a", "pytest a"),
        ("'pytest a'", "pytest a"),
        ("|-\n    pytest a", "pytest a"),
        ("|2+\n    pytest a\n\n", "pytest a"),
        ("&x |  # c\n pytest a \\\n   b\n", "pytest a b"),
        (">\n  pytest\n  a", "~pytest ~a !in a folded block"),
        ("pytest\n  a", "~pytest ~a !in a plain scalar of several lines"),
        ("'pytest ''a'''", f"~pytest ~a {FOLDED}"),
        ('"pytest \\"a\\""', f"~pytest ~a {FOLDED}"),
        ("!Sub pytest a", "pytest a !tagged !Sub"),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_only_scalars_written_as_they_are_can_be_edited(
    read: Read, scalar: str, expected: str, newline: str, bom: str
) -> None:
    """Folding, escapes and tags lock a command; anchors, comments, CRLF, BOM and non-ASCII text do not."""
    text = f"{bom}# é\nrun: {scalar}\n".replace("\n", newline)
    assert read("ci.yml", text) == [expected]


def test_a_list_in_mixed_quotes_is_locked(read: Read) -> None:
    """No joint between words holds for all of it."""
    assert read("ci.yml", 'args: [pytest, "-x"]\n') == [
        "[pytest -x] !its elements are quoted in different ways"
    ]


def test_defaults_choose_the_shell(read: Read) -> None:
    """A default shell holds below it, and a step's own shell goes first."""
    text = "defaults: {run: {shell: pwsh}}\njobs:\n- run: tox a\n- {run: tox b, shell: bash -e}\n"
    assert read("ci.yml", text) == ["tox a !its shell is pwsh", "tox b"]


def test_every_document_is_read(read: Read) -> None:
    """A file may hold several."""
    assert read("ci.yml", "run: tox a\n---\nrun: tox b\n...\n") == ["tox a", "tox b"]


@pytest.mark.parametrize(
    "text",
    [
        "{{ if }}\nrun: {{ x }} pytest\n",
        "run: [\n",
        "run: *nothing\n",
        "run: &a [*a]\n",
        "run: \x07\n",
        "[" * 100_000,
        "- " * 100_000,
    ],
)
def test_what_is_no_yaml_is_unreadable(read: Read, text: str) -> None:
    """Templates, undefined or recursive aliases and bottomless nesting are refused with a reason."""
    with pytest.raises(Unreadable) as caught:
        read("ci.yml", text)
    assert caught.value.reason
