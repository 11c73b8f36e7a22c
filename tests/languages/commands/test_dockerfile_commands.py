"""Commands of Dockerfiles."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[[str, str | bytes], list[str]]
HEREDOC = "!with a here-document"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a\nRUN pytest a && tox\n", ["pytest a", "tox"]),
        ("run --mount=type=cache,target=/x --network=none pytest a\n", ["pytest a"]),
        ("ONBUILD RUN pytest a\nCOPY pytest no\nENV A=pytest\n", ["pytest a"]),
        ("RUN pytest \\\n  # no pytest\n\n  a \\\n  -x\n# RUN tox\n", ["pytest a -x"]),
        ("\ufeffRUN pytest \\\r\n  é\r\n", ["pytest é"]),
        ("CMD pytest a\n", ["pytest a"]),
        ('CMD [ "pytest" ,\\\n "a" ]\n', ['[pytest", "a]']),
        ('CMD ["pytest", "$A", "\\u0061"]\n', ['[pytest", "~$A", "~a] !written with escapes']),
        ("HEALTHCHECK --interval=5s CMD pytest -h\nHEALTHCHECK NONE\n", ["pytest -h"]),
        ('HEALTHCHECK CMD ["pytest", "-h"]\n', ['[pytest", "-h]']),
        ('ENTRYPOINT ["tox"]\nFROM b\nCMD ["pytest"]\n', ["[tox]", "[pytest]"]),
        (
            'CMD ["pytest"]\nENTRYPOINT ["python", "-m"]\n',
            ['[python", "-m", "pytest] !its words stand in ENTRYPOINT and CMD'],
        ),
        ('RUN ["sh", "-c", "pytest a | cat"]\n', ['[sh", "-c", "pytest a | cat]', "pytest a", "cat"]),
        ('SHELL ["pwsh", "-c"]\nRUN tox a\nFROM b\nRUN tox b\n', ["tox a !its shell is pwsh", "tox b"]),
        ("# escape=`\nRUN tox\n", ["tox !its escape character is a backquote"]),
    ],
)
def test_instructions_that_run_something(read: Read, text: str, expected: list[str]) -> None:
    """Both forms, options, continuations with comments between, stages and shells are understood."""
    assert read("Dockerfile", text) == expected


def test_here_documents_are_locked(read: Read) -> None:
    """A script in a here-document is seen and not edited; one for another program is not read."""
    text = "RUN <<EOF\npytest a\nEOF\nRUN python -q <<'E'\npytest no\nE\nCOPY <<F /x\nRUN no\nF\nRUN tox\n"
    assert read("Dockerfile", text) == [f"pytest a {HEREDOC}", f"python -q {HEREDOC}", "tox"]
