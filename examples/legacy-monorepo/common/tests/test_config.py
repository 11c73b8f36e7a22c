"""``common.config``: reads are typed, live and say what is wrong."""
import os
from unittest import mock

import pytest

from common import config


class TestRequired:
    def test_value_comes_back_unchanged(self, monkeypatch):
        monkeypatch.setenv("HARBOR_TEST_NAME", "  two words ")
        assert config.required("HARBOR_TEST_NAME") == "  two words "

    def test_missing_is_a_config_error(self, monkeypatch):
        monkeypatch.delenv("HARBOR_TEST_NAME", raising=False)
        with pytest.raises(config.ConfigError, match="HARBOR_TEST_NAME is not set"):
            config.required("HARBOR_TEST_NAME")

    @pytest.mark.parametrize("value", ["", " ", "\t"])
    def test_blank_counts_as_missing(self, monkeypatch, value):
        monkeypatch.setenv("HARBOR_TEST_NAME", value)
        with pytest.raises(config.ConfigError, match="is empty"):
            config.required("HARBOR_TEST_NAME")

    def test_cause_is_hidden(self, monkeypatch):
        monkeypatch.delenv("HARBOR_TEST_NAME", raising=False)
        with pytest.raises(config.ConfigError) as caught:
            config.required("HARBOR_TEST_NAME")
        assert caught.value.__suppress_context__


class TestReadBool:
    @pytest.mark.parametrize("word", ["1", "true", "YES", "On", " on "])
    def test_true_words(self, word):
        with mock.patch.dict(os.environ, {"HARBOR_TEST_SWITCH": word}):
            assert config.read_bool("HARBOR_TEST_SWITCH") is True

    @pytest.mark.parametrize("word", ["0", "false", "NO", "off", ""])
    def test_false_words(self, word):
        with mock.patch.dict(os.environ, {"HARBOR_TEST_SWITCH": word}):
            assert config.read_bool("HARBOR_TEST_SWITCH", default=True) is False

    @mock.patch.dict(os.environ, {"HARBOR_TEST_SWITCH": "perhaps"})
    def test_other_words_are_errors(self):
        with pytest.raises(config.ConfigError, match="yes/no"):
            config.read_bool("HARBOR_TEST_SWITCH")

    @mock.patch.dict(os.environ, clear=True)
    def test_default_when_absent(self):
        assert config.read_bool("HARBOR_TEST_SWITCH", default=True) is True
        assert config.read_bool("HARBOR_TEST_SWITCH") is False


class TestReadInt:
    @pytest.mark.parametrize(("raw", "value"), [("7", 7), ("-3", -3), (" 12 ", 12), ("1_000", 1000)])
    def test_whole_numbers(self, monkeypatch, raw, value):
        monkeypatch.setenv("HARBOR_TEST_COUNT", raw)
        assert config.read_int("HARBOR_TEST_COUNT", 0) == value

    @pytest.mark.parametrize("raw", ["x", "1.5", "0x10"])
    def test_anything_else_is_an_error(self, monkeypatch, raw):
        monkeypatch.setenv("HARBOR_TEST_COUNT", raw)
        with pytest.raises(config.ConfigError):
            config.read_int("HARBOR_TEST_COUNT", 0)

    def test_empty_means_default(self, monkeypatch):
        monkeypatch.setenv("HARBOR_TEST_COUNT", "")
        assert config.read_int("HARBOR_TEST_COUNT", 5) == 5

    def test_minimum(self, monkeypatch):
        monkeypatch.setenv("HARBOR_TEST_COUNT", "0")
        with pytest.raises(config.ConfigError, match="at least 1"):
            config.read_int("HARBOR_TEST_COUNT", 5, minimum=1)


@pytest.mark.parametrize(
    ("raw", "seconds"),
    [("250ms", 0.25), ("30", 30.0), ("30s", 30.0), ("5m", 300.0), ("2h", 7200.0), ("1d", 86400.0)],
)
def test_durations(monkeypatch, raw, seconds):
    monkeypatch.setenv("HARBOR_TEST_WAIT", raw)
    assert config.read_seconds("HARBOR_TEST_WAIT", 1.0) == seconds


@pytest.mark.parametrize("raw", ["soon", "5 m", "-1s", "1.5h"])
def test_bad_durations(monkeypatch, raw):
    monkeypatch.setenv("HARBOR_TEST_WAIT", raw)
    with pytest.raises(config.ConfigError, match="not a duration"):
        config.read_seconds("HARBOR_TEST_WAIT", 1.0)


def test_list_drops_blanks():
    with mock.patch.dict("os.environ", {"HARBOR_TEST_HOSTS": "a, b,,c ,"}):
        assert config.read_list("HARBOR_TEST_HOSTS") == ["a", "b", "c"]


def test_list_of_nothing():
    with mock.patch.dict("os.environ"):
        os.environ.pop("HARBOR_TEST_HOSTS", None)
        assert config.read_list("HARBOR_TEST_HOSTS") == []


def test_reads_are_live():
    """The value may change while the process runs."""
    with mock.patch.dict(os.environ, {"HARBOR_TEST_COUNT": "1"}):
        first = config.read_int("HARBOR_TEST_COUNT", 0)
        os.environ["HARBOR_TEST_COUNT"] = "2"
        assert (first, config.read_int("HARBOR_TEST_COUNT", 0)) == (1, 2)


def test_snapshot_is_a_copy():
    with mock.patch.dict(os.environ, {"HARBOR_TEST_A": "1", "HARBOR_TEST_B": "2"}):
        found = config.snapshot("HARBOR_TEST_")
        found["C"] = "3"
        assert "HARBOR_TEST_C" not in os.environ
        assert {"A", "B"} <= set(found)


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({"HARBOR_SERVICE": "billing", "HOSTNAME": "web-1"}, "billing"),
        ({"HOSTNAME": "web-1.internal"}, "web-1"),
        ({}, "unknown"),
    ],
)
def test_service_name_from_a_plain_dict(environ, name):
    assert config.service_name(environ) == name


@pytest.mark.parametrize(("value", "answer"), [("prod", True), ("production", True), ("staging", False)])
def test_is_production(monkeypatch, value, answer):
    monkeypatch.setenv("HARBOR_ENV", value)
    assert config.is_production() is answer
