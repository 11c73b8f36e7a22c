"""Settings: what is read at import, and what at each call."""

from __future__ import annotations

import importlib
import os
from unittest.mock import patch

import pytest

from backend.app import settings


@pytest.fixture
def reload_settings():
    """Reload the module inside a test, and once more after it."""
    yield lambda: importlib.reload(settings)
    importlib.reload(settings)


class TestReadAtImport:
    def test_later_changes_are_not_seen(self, monkeypatch):
        before = settings.PORT
        monkeypatch.setenv("BACKEND_PORT", "9999")
        assert settings.PORT == before

    @pytest.mark.parametrize(
        ("name", "value", "attribute", "expected"),
        [
            ("BACKEND_PORT", "9001", "PORT", 9001),
            ("BACKEND_DEBUG", "1", "DEBUG", True),
            ("BACKEND_DEBUG", "yes", "DEBUG", False),
            ("BACKEND_ORIGINS", "https://a.test,https://b.test,", "ALLOWED_ORIGINS", ["https://a.test", "https://b.test"]),
            ("HARBOR_RELEASE", "2023.4", "RELEASE", "2023.4"),
        ],
    )
    def test_seen_after_a_reload(self, reload_settings, name, value, attribute, expected):
        with patch.dict(os.environ, {name: value}):
            module = reload_settings()
            assert getattr(module, attribute) == expected

    def test_class_body(self, reload_settings):
        with patch.dict(os.environ, {"BACKEND_MAX_ATTACHMENT": "1024", "BACKEND_MAX_BODY": ""}):
            module = reload_settings()
            assert module.Limits.attachment_bytes == 1024
            assert module.Limits.body_chars == 20_000

    def test_conftest_came_first(self):
        assert settings.Limits.body_chars == 5000

    def test_attachment_folder_is_made_up_if_missing(self, reload_settings):
        with patch.dict(os.environ):
            os.environ.pop("BACKEND_ATTACHMENT_DIR", None)
            reload_settings()
            assert os.environ["BACKEND_ATTACHMENT_DIR"].endswith("harborline")


class TestReadAtEachCall:
    @pytest.mark.parametrize(("raw", "agents"), [("1", 1), ("12", 12), ("0", 1), ("-4", 1)])
    @patch.dict(os.environ)
    def test_max_agents(self, raw, agents):
        os.environ["BACKEND_MAX_AGENTS"] = raw
        assert settings.max_agents() == agents

    def test_max_agents_default(self, clean_backend_env):
        assert settings.max_agents() == 4

    def test_agent_timeout(self, clean_backend_env):
        assert settings.agent_timeout() == 30.0
        os.environ["BACKEND_AGENT_TIMEOUT"] = "2.5"
        assert settings.agent_timeout() == 2.5

    @patch.dict("os.environ", {"HARBOR_LLM_URL": "http://llm.test/v1"})
    def test_llm_endpoint(self):
        assert settings.llm_endpoint() == "http://llm.test/v1"

    @patch.dict("os.environ", clear=True)
    def test_llm_endpoint_default(self):
        assert settings.llm_endpoint().startswith("http://localhost:9400/")

    def test_missing_key_is_a_key_error(self):
        with patch.dict(os.environ):
            del os.environ["HARBOR_LLM_KEY"]
            with pytest.raises(KeyError, match="HARBOR_LLM_KEY"):
                settings.llm_key()

    def test_module_global_alias(self):
        with patch.dict("backend.app.settings.os.environ", {"BACKEND_MAX_AGENTS": "9"}):
            assert settings.max_agents() == 9

    def test_getenv_itself_replaced(self):
        with patch("backend.app.settings.os.getenv", return_value="77") as getenv:
            assert settings.os.getenv("BACKEND_PORT") == "77"
        getenv.assert_called_once_with("BACKEND_PORT")


@patch("os.environ", {"HARBOR_LLM_URL": "http://swapped.test/"})
def test_whole_mapping_swapped():
    """Replaces ``os.environ`` by a plain dict: nothing reaches the process."""
    assert settings.llm_endpoint() == "http://swapped.test/"
    assert list(os.environ) == ["HARBOR_LLM_URL"]


def test_object_patched():
    with patch.object(os, "environ", {"BACKEND_MAX_AGENTS": "3"}):
        assert settings.max_agents() == 3
        assert "PATH" not in os.environ


if __name__ == "__main__":
    import sys

    sys.exit(pytest.main([__file__, "-q", "-p", "no:cacheprovider"]))
