"""Tokens: from the environment only, sent to the forge's host only, and masked wherever text leaves us."""

from __future__ import annotations

import base64
import os
from urllib.parse import quote, urlsplit

from ssot_migrate.fleet.config import Forge
from ssot_migrate.masking import masked

_OWN = "SSOT_FLEET_TOKEN"
_BY_KIND = {"github": "GITHUB_TOKEN", "gitlab": "GITLAB_TOKEN"}
_USER = {"github": "x-access-token", "gitlab": "oauth2"}
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_HIDDEN = "••••"


def token_of(forge: Forge) -> str:
    """The token for a forge: `SSOT_FLEET_TOKEN`, else that of its kind; "" if none is set."""
    return os.environ.get(_OWN) or os.environ.get(_BY_KIND[forge.kind], "")


def is_private(url: str) -> bool:
    """Whether nobody reads what is sent to ``url``."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def git_credentials(url: str, forge: Forge | None) -> dict[str, str]:
    """Environment with which git sends the token to the forge's host, and to no other that a list names."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    token = token_of(forge) if forge and forge.where == host and is_private(url) else ""
    if not token or forge is None:
        return {}
    key = f"http.{parts.scheme}://{host}/.extraHeader"
    # An empty value first: a checkout's own header would go along, and forges refuse two of them.
    return {
        "GIT_CONFIG_COUNT": "2",
        **{"GIT_CONFIG_KEY_0": key, "GIT_CONFIG_VALUE_0": ""},
        "GIT_CONFIG_KEY_1": key,
        "GIT_CONFIG_VALUE_1": f"Authorization: Basic {_pair(_USER[forge.kind], token)}",
    }


def _pair(user: str, token: str) -> str:
    return base64.b64encode(f"{user}:{token}".encode()).decode()


def hidden(text: str) -> str:
    """``text`` on one line, without any token of ours, plain or encoded, or what else looks like a secret."""
    for token in filter(None, (os.environ.get(name) for name in (_OWN, *_BY_KIND.values()))):
        for form in (token, quote(token, safe=""), *(_pair(user, token) for user in _USER.values())):
            text = text.replace(form, _HIDDEN)
    return masked(" ".join(text.split()))
