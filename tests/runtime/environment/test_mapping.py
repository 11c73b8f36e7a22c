"""The environment is a mapping that no code can tell from ``os.environ``."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
import threading
from collections.abc import Callable, MutableMapping
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.isolated_environment import get_env

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
