"""What the environment adds to a mapping: sources, protection, queries, masks and dotenv files."""

from __future__ import annotations

import os
from pathlib import Path
from unittest.mock import patch

import pytest

from shared.isolated_environment import ProtectedVariableError, get_env


def test_sources_are_told() -> None:
    """The source of the present value is known, and that of a change behind our back is the process."""
    with get_env().restored():
        get_env().set("SSOT_A", "x", source="a test")
        get_env().update({"SSOT_B": "y"}, source="another")
        assert get_env().get_variable_source("SSOT_A") == "a test"
        assert get_env().get_variable_source("SSOT_B") == "another"
        assert "source" not in get_env()
        os.environ["SSOT_A"] = "z"
        assert get_env().get_variable_source("SSOT_A") == "process"
        assert get_env().delete("SSOT_A")
        assert not get_env().delete("SSOT_A")
        assert get_env().get_variable_source("SSOT_A") is None
        get_env().update(source="x")
        assert dict(os.environ)["source"] == "x"


def test_a_protected_variable_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """It cannot be changed or deleted, ``clear`` spares it, and the error does not tell its value."""
    monkeypatch.setenv("SSOT_A", "hush")
    get_env().protect("SSOT_A")
    try:
        for change in (lambda: get_env().set("SSOT_A", "y"), lambda: get_env().delete("SSOT_A")):
            with pytest.raises(ProtectedVariableError, match="SSOT_A") as refusal:
                change()
            assert "hush" not in str(refusal.value)
        get_env().set("SSOT_A", "hush")
        with patch.dict(get_env(), {}, clear=True):
            assert dict(get_env()) == {"SSOT_A": "hush"}
        assert get_env().is_protected("SSOT_A")
    finally:
        get_env().unprotect("SSOT_A")


def test_an_update_with_one_refused_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """All or none, also when the protected one comes last."""
    monkeypatch.setenv("SSOT_B", "x")
    get_env().protect("SSOT_B")
    try:
        with pytest.raises(ProtectedVariableError):
            get_env().update({"SSOT_A": "y", "SSOT_B": "y"})
        assert "SSOT_A" not in os.environ
    finally:
        get_env().unprotect("SSOT_B")


def test_queries() -> None:
    """Existence, all, by prefix, and a child's environment."""
    with patch.dict(os.environ, {"SSOT_A": "", "SSOT_B": "y", "OTHER": "z"}, clear=True):
        env = get_env()
        assert env.exists("SSOT_A")
        assert not env.exists("SSOT_C")
        assert env.get_all_with_prefix("SSOT_") == {"SSOT_A": "", "SSOT_B": "y"}
        assert env.get_subprocess_env({"SSOT_C": "c"}) == env.get_all() | {"SSOT_C": "c"}
        with pytest.raises(TypeError):
            env.get_subprocess_env({"SSOT_C": None})  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("API_KEY", "hush", "***"),
        ("DB_PASSWORD", "hush", "***"),
        ("DB_PWD", "hush", "***"),
        ("GITHUB_TOKEN", "hush", "***"),
        ("DATABASE_URL", "postgres://user:hush@host/db", "postgres://***@host/db"),
        ("ENDPOINT", "https://host/?token=hush", "***"),
        ("SERVICE_ACCOUNT", '{"private_key": "hush"}', "***"),
        ("PWD", "/home/x", "/home/x"),
        ("LANG", "C", "C"),
    ],
)
def test_secrets_are_masked_when_shown(key: str, value: str, shown: str) -> None:
    """``repr``, hence logs and assertion messages, show names and harmless values only."""
    with patch.dict(os.environ, {key: value}, clear=True):
        assert repr(get_env()) == f"IsolatedEnvironment({ {key: shown}!r})"
        assert "hush" not in f"{get_env()}"


def test_a_dotenv_file_is_loaded_as_it_stands(tmp_path: Path) -> None:
    """Nothing is expanded, a name without value is left out, present values may win."""
    path = tmp_path / ".env"
    path.write_text("# comment\nexport SSOT_A='$HOME `id`'\nSSOT_B=from file\nSSOT_C\n")
    with patch.dict(get_env(), {"SSOT_B": "before"}):
        loaded = get_env().load_from_file(path, override_existing=False)
        assert (loaded, get_env()["SSOT_B"]) == ({"SSOT_A": "$HOME `id`"}, "before")
        get_env().load_from_file(path)
        assert get_env()["SSOT_B"] == "from file"
        assert get_env().get_variable_source("SSOT_B") == str(path)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        (b"SSOT_A=x\n'hush hush\n", r"\.env:2: "),
        (b"SSOT_A=x\nSSOT_B=hush\0\n", r"\.env:2: "),
        (b"SSOT_A=x\nSSOT_B=hush\xff\n", r"\.env: not UTF-8"),
        (b"SSOT_A=x\nSSOT_B='hush\n", r"\.env:2: "),
    ],
)
def test_a_broken_dotenv_file_changes_nothing(text: bytes, where: str, tmp_path: Path) -> None:
    """The error names file and line, not the text, which may be a secret."""
    path = tmp_path / ".env"
    path.write_bytes(text)
    with pytest.raises(ValueError, match=where) as refusal:
        get_env().load_from_file(path)
    assert "hush" not in str(refusal.value)
    assert "SSOT_A" not in get_env()
    with pytest.raises(FileNotFoundError):
        get_env().load_from_file(tmp_path / "none")
