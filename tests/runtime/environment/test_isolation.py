"""Isolation: writes stay in, both routes agree, and all ends as it began."""

from __future__ import annotations

import os
from unittest.mock import patch

import pytest

from shared.isolated_environment import IsolatedEnvironment, get_env
from tests.runtime.environment.process import without_phase


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
