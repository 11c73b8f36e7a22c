"""Commands in the code fences of Markdown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Read = Callable[[str, str | bytes], list[str]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pytest no\n```bash\npytest a\n\ntox # c\n```\npytest no\n", ["pytest a", "tox"]),
        ("~~~sh\npytest a\n~~~~ \npytest no\n", ["pytest a"]),
        ("```Shell title=x\npytest é\n```\n```{zsh}\ntox\n```\n", ["pytest é"]),
        ("```python\npytest\n```\n```\npytest\n```\n    pytest\n", []),
        ("1. x\n   ```bash\n   pytest \\\n     a\n   ```\n", ["pytest a"]),
        ("- ```bash\n  pytest a\n  ```\n", ["pytest a"]),
        ("> ```bash\n> pytest a\n> ```\npytest no\n", ["pytest a"]),
        ("\ufeff```bash\r\npytest \\\r\n a\r\n```\r\n", ["pytest a"]),
        ("````md\n```bash\npytest no\n```\n````\n", []),
        ("```bash\npytest <path/to/test> -x\n```\n", ["pytest ~<path/to/test> -x"]),
        ("```console\npytest no\n$ pytest a \\\n>   -x\nok\n$ tox\n```\n", ["pytest a -x", "tox"]),
        ("```bash\n$ pytest a\nok\n```\n", ["pytest a"]),
        ("``` `` bash\npytest no\n```\n", []),
        ("```bash\npytest a\n", ["pytest a !the fence is never closed"]),
    ],
)
def test_fences_of_shell_languages_are_read(read: Read, text: str, expected: list[str]) -> None:
    """Fences nest, indent and close by their own rules; a session has commands after its prompts only."""
    assert read("README.md", text) == expected
