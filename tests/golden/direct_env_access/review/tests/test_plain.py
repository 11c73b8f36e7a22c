from unittest import mock
from unittest.mock import patch

import pytest

from shared.isolated_environment import get_env


@patch.dict(get_env(), {"A": "1"})
def test_decorated():
    assert get_env()["A"] == "1"


@mock.patch.dict(get_env(), {"A": "1"}, clear=True)
class TestDecoratedClass:
    def test_one(self):
        assert get_env().get("A") == "1"

    def test_two(self, monkeypatch):
        monkeypatch.setitem(get_env(), "B", "2")
        monkeypatch.delitem(get_env(), "A", raising=False)
        monkeypatch.setenv("PATH", "/x", prepend=":")
        monkeypatch.setenv("N", 3)
        with patch.dict(get_env(), {"C": "3"}, clear=True):
            assert dict(get_env()) == {"C": "3"}

    @pytest.mark.parametrize("name", ["A"])
    def test_three(self, name):
        with patch.dict(get_env(), **{name: "x"}), patch("os.environ", {"only": "this"}):
            assert name not in get_env()


def test_os_environ_is_restored():
    get_env()["SUBJECT"] = "1"
    assert get_env()["SUBJECT"] == "1"


def test_patches_getenv():
    with patch("app.patched.os.getenv", return_value="fake"):
        pass


@patch("app.patched.os.environ.get", return_value="patched")
def test_method_patched_by_name(get):
    assert get() == "patched"
