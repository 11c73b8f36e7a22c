"""The environment: a mapping that no code can tell from ``os.environ``, and what it adds."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, MutableMapping
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.isolated_environment import IsolatedEnvironment, ProtectedVariableError, get_env

KEYS = ("SSOT_A", "SSOT_B", "SSOT_C")
VALUES = st.sampled_from(["", " padded ", "$HOME", "`id`", "a=b", "ü\n", "1"])
STEPS = st.one_of(
    st.tuples(st.just("set"), st.sampled_from(KEYS), VALUES),
    st.tuples(st.just("delete"), st.sampled_from(KEYS)),
    st.tuples(st.just("pop"), st.sampled_from(KEYS), VALUES),
    st.tuples(st.just("setdefault"), st.sampled_from(KEYS), VALUES),
    st.tuples(st.just("update"), st.dictionaries(st.sampled_from(KEYS), VALUES)),
    st.tuples(st.just("clear")),
)


def without_phase() -> dict[str, str]:
    """The process environment, but for what pytest itself changes in the course of a test."""
    return {key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"}


@pytest.fixture(autouse=True)
def _same_environment_after() -> Iterator[None]:
    before = without_phase()
    yield
    assert without_phase() == before


@pytest.fixture
def isolated() -> Iterator[IsolatedEnvironment]:
    """The environment with isolation on."""
    get_env().enable_isolation()
    yield get_env()
    get_env().disable_isolation()


def perform(mapping: MutableMapping[str, str], step: tuple[Any, ...]) -> object:
    """Do one step; the result, or the kind of error."""
    name, *args = step
    try:
        if name == "set":
            return mapping.__setitem__(*args)
        if name == "delete":
            return mapping.__delitem__(*args)
        return getattr(mapping, name)(*args)
    except KeyError as error:
        return error.args


@given(steps=st.lists(STEPS, max_size=12), isolate=st.booleans())
def test_every_history_ends_as_that_of_a_dict(steps: list[tuple[Any, ...]], isolate: bool) -> None:
    """Any run of operations gives the results, the errors and the content that a dict gives."""
    with patch.dict(os.environ, {"SSOT_A": "first"}, clear=True):
        model, env = dict(os.environ), get_env()
        if isolate:
            env.enable_isolation()
        assert [perform(env, step) for step in steps] == [perform(model, step) for step in steps]
        assert dict(env) == model
        assert len(env) == len(model)
        if not isolate:
            assert dict(os.environ) == model
        env.disable_isolation()


def test_one_for_all() -> None:
    """Every caller gets the same object, a mapping and not a dict."""
    assert get_env() is get_env()
    assert isinstance(get_env(), MutableMapping)


def test_reads_are_live_and_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written to ``os.environ`` is read at once, character by character."""
    monkeypatch.setenv("SSOT_A", "  $(id) '\"${HOME}  ")
    assert get_env()["SSOT_A"] == get_env().get("SSOT_A") == os.environ["SSOT_A"]
    monkeypatch.delenv("SSOT_A")
    assert "SSOT_A" not in get_env()
    assert get_env().get("SSOT_A", "other") == "other"
    with pytest.raises(KeyError, match="SSOT_A"):
        get_env()["SSOT_A"]


def test_writes_reach_the_process() -> None:
    """Code that reads ``os.environ``, and a child process, see what was set."""
    with get_env().restored():
        get_env()["SSOT_A"] = "x"
        program = "import os; print(os.environ['SSOT_A'])"
        child = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert (os.environ["SSOT_A"], child.stdout) == ("x", "x\n")


def test_is_an_environment_for_subprocess() -> None:
    """``subprocess`` takes it as ``env``."""
    with patch.dict(get_env(), {"SSOT_A": "x"}):
        program = "import os; print(os.environ['SSOT_A'])"
        child = subprocess.run(
            [sys.executable, "-c", program], env=get_env(), capture_output=True, text=True, check=True
        )
    assert child.stdout == "x\n"


@pytest.mark.parametrize("isolate", [False, True])
@pytest.mark.parametrize(
    ("key", "value"),
    [("A", None), ("A", 1), (1, "x"), (b"A", "x"), ("A=B", "x"), ("", "x"), ("A", "\0"), ("A", "\ud800")],
)
def test_refuses_what_the_process_environment_refuses(key: str, value: str, isolate: bool) -> None:
    """An impossible name or value is the error that ``os.environ`` raises, inside isolation too."""
    with pytest.raises((TypeError, ValueError, OSError)) as expected:
        os.environ[key] = value
    if isolate:
        get_env().enable_isolation()
    with pytest.raises(expected.type):
        get_env()[key] = value
    with pytest.raises(expected.type):
        get_env().update({"SSOT_B": "x", key: value})
    assert "SSOT_B" not in get_env()
    get_env().disable_isolation()


def test_unions_are_those_of_the_process_environment() -> None:
    """``|`` gives a dict, ``|=`` updates in place."""
    with patch.dict(os.environ, {"SSOT_A": "x"}, clear=True):
        env = get_env()
        assert env | {"SSOT_B": "y"} == {"SSOT_A": "x", "SSOT_B": "y"}
        assert {"SSOT_A": "old", "SSOT_B": "y"} | env == {"SSOT_A": "x", "SSOT_B": "y"}
        env |= {"SSOT_B": "z"}
        assert env is get_env()
        assert {**env} == dict(env) == env.copy() == copy.copy(env) == copy.deepcopy(env) == dict(os.environ)
        with pytest.raises(TypeError):
            env | 1  # type: ignore[operator]


@pytest.mark.parametrize("clear", [False, True])
def test_patch_dict_as_on_the_process_environment(clear: bool) -> None:
    """``patch.dict`` sets, clears and restores through both routes."""
    before = dict(os.environ)
    with patch.dict(get_env(), {"SSOT_A": "x"}, clear=clear):
        assert dict(os.environ) == ({} if clear else before) | {"SSOT_A": "x"}
        os.environ["SSOT_B"] = get_env()["SSOT_C"] = "left behind"
    assert dict(os.environ) == before


@patch.dict(get_env(), {"SSOT_A": "x"}, clear=True)
def test_patch_dict_as_a_decorator() -> None:
    """The decorator does as the context manager does."""
    assert dict(os.environ) == {"SSOT_A": "x"}


def test_a_swapped_process_environment_is_followed() -> None:
    """``patch("os.environ", {...})`` is seen, as by any code that asks ``os.environ``."""
    with patch("os.environ", {"SSOT_A": "x"}):
        assert dict(get_env()) == {"SSOT_A": "x"}


def test_monkeypatch_works_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """``setitem`` and ``delitem`` act and are undone."""
    monkeypatch.setitem(get_env(), "SSOT_A", "x")
    assert os.environ["SSOT_A"] == "x"
    monkeypatch.delitem(get_env(), "SSOT_A")
    assert "SSOT_A" not in os.environ
    monkeypatch.undo()
    assert "SSOT_A" not in os.environ


def test_isolation_keeps_writes_in_and_restores_both_routes(isolated: IsolatedEnvironment) -> None:
    """Inside, the process keeps its values; after it, neither route shows what either wrote."""
    before = without_phase()
    isolated["SSOT_A"] = "x"
    del isolated["PATH"]
    os.environ["SSOT_B"] = "y"
    isolated.enable_isolation()
    assert isolated.is_isolated()
    assert ("SSOT_A" in os.environ, "PATH" in isolated, isolated["SSOT_B"]) == (False, False, "y")
    with pytest.raises(KeyError):
        isolated["PATH"]
    isolated.disable_isolation()
    isolated.disable_isolation()
    assert without_phase() == before
    assert dict(isolated) == dict(os.environ)


def test_isolation_can_be_kept_and_begun_anew(isolated: IsolatedEnvironment) -> None:
    """The first state comes back without leaving; or what was set inside goes to the process."""
    with patch.dict(os.environ, {"SSOT_A": "outside"}):
        isolated["SSOT_B"] = "inside"
        isolated.reset_to_original()
        assert isolated.is_isolated()
        assert not {"SSOT_A", "SSOT_B"} & (set(isolated) | set(os.environ))
        isolated["SSOT_B"] = "inside"
        isolated.disable_isolation(restore_original=False)
        assert os.environ.pop("SSOT_B") == "inside"
        isolated.reset_to_original()
        isolated.enable_isolation(backup_original=False)
        os.environ["SSOT_C"] = "stays"
        isolated["SSOT_B"] = "goes"
        isolated.reset()
        assert (os.environ.pop("SSOT_C"), "SSOT_B" in isolated) == ("stays", False)


def test_reset_forgets_protection_and_sources() -> None:
    """After it the environment is as at the start of the process, but for the variables."""
    get_env().set("SSOT_A", "1", source="here")
    get_env().protect("SSOT_A")
    get_env().reset()
    assert (get_env().get_variable_source("SSOT_A"), get_env().is_protected("SSOT_A")) == ("process", False)
    assert get_env().delete("SSOT_A", source="here")
    assert not get_env().delete("SSOT_A", "here")


def test_isolation_allows_everything_a_mapping_does(isolated: IsolatedEnvironment) -> None:
    """``patch.dict(clear=True)`` inside isolation clears and restores the overlay alone."""
    isolated["SSOT_A"] = "x"
    with patch.dict(isolated, {"SSOT_B": "y"}, clear=True):
        assert dict(isolated) == {"SSOT_B": "y"}
        assert "PATH" in os.environ
    assert isolated["SSOT_A"] == "x"
    assert "SSOT_B" not in isolated


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


def test_threads_do_not_lose_updates() -> None:
    """Read-modify-write operations are atomic among threads."""

    def work(number: int) -> None:
        for turn in range(200):
            get_env().setdefault("TURN_OF", str(number))
            get_env().pop("TURN_OF", None)
            get_env()[f"TURN_{number}_{turn}"] = "x"
            get_env().copy()

    with get_env().restored():
        threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len([key for key in os.environ if key.startswith("TURN_")]) == 8 * 200


def test_import_is_cheap(run_python: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    """Importing it loads nothing beyond the standard library, and no logging, asyncio or dotenv."""
    program = (
        "import sys; before = set(sys.modules); import shared.isolated_environment;"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    loaded = set(run_python("-c", program).stdout.split())
    assert loaded <= set(sys.stdlib_module_names) | {"shared"}
    assert not loaded & {"logging", "asyncio", "dotenv", "subprocess"}
