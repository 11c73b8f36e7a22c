"""Settings of the backend.

Read once at import, apart from the functions at the end. Tests that need other values must set them
before this module is imported, or patch the attribute.
"""
from __future__ import annotations

import os
from os import environ

DEBUG = os.environ.get("BACKEND_DEBUG", "0") == "1"
DATABASE_URL = os.environ.get(
    "BACKEND_DATABASE_URL",  # set by compose
    "sqlite:///:memory:",
)
PORT = int(os.getenv("BACKEND_PORT", "8100"))  # noqa: PLW1508
ALLOWED_ORIGINS = [origin for origin in os.environ.get("BACKEND_ORIGINS", "").split(",") if origin]
RELEASE = environ["HARBOR_RELEASE"] if "HARBOR_RELEASE" in environ else "dev"

if "BACKEND_ATTACHMENT_DIR" not in os.environ:
    os.environ["BACKEND_ATTACHMENT_DIR"] = os.path.join(os.path.sep, "var", "lib", "harborline")


class Limits:
    """Upper bounds; an operator may lower them."""

    attachment_bytes = int(os.environ.get("BACKEND_MAX_ATTACHMENT", 10 * 1024 * 1024))
    page_size = int(environ.get("BACKEND_PAGE_SIZE", "50"))
    body_chars: int = int(os.getenv("BACKEND_MAX_BODY") or 20_000)


def max_agents() -> int:
    """How many agents may work on one ticket; read at each call."""
    return max(1, int(os.environ.get("BACKEND_MAX_AGENTS", "4")))


def agent_timeout() -> float:
    return float(os.environ["BACKEND_AGENT_TIMEOUT"]) if os.environ.get("BACKEND_AGENT_TIMEOUT") else 30.0


def llm_endpoint() -> str:
    try:
        return os.environ["HARBOR_LLM_URL"]
    except KeyError:
        return "http://localhost:9400/v1/complete"


def llm_key() -> str:
    """The key for the language model; a ``KeyError`` names the variable if there is none."""
    return os.environ["HARBOR_LLM_KEY"]
