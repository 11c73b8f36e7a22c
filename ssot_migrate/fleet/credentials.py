"""Tokens: from the environment only, handed on by environment only, and masked wherever text leaves us."""

from __future__ import annotations

import base64
import os
from urllib.parse import quote, urlsplit

from ssot_migrate.reports.secrets import masked

TOKENS = ("SSOT_FLEET_TOKEN", "GITHUB_TOKEN", "GITLAB_TOKEN")
_HIDDEN = "••••"


def token_for(host: str) -> str:
    """The token for a host: ours, else GitLab's on a host named so, else GitHub's; "" if none is set."""
    own, github, gitlab = (os.environ.get(name, "") for name in TOKENS)
    return own or (gitlab if "gitlab" in host else github)


def git_credentials(url: str) -> dict[str, str]:
    """Environment with which git sends the token to the host of an HTTPS ``url``, and to no other."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    token = token_for(host) if parts.scheme in {"https", "http"} else ""
    if not token:
        return {}
    pair = base64.b64encode(f"x-access-token:{token}".encode()).decode()
    return {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"http.{parts.scheme}://{parts.netloc.rpartition('@')[2]}/.extraHeader",
        "GIT_CONFIG_VALUE_0": f"Authorization: Basic {pair}",
    }


def hidden(text: str) -> str:
    """``text`` on one line, without any token of ours, plain or quoted, or what else looks like a secret."""
    for token in filter(None, (os.environ.get(name) for name in TOKENS)):
        pair = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        for form in (token, quote(token, safe=""), pair):
            text = text.replace(form, _HIDDEN)
    return masked(" ".join(text.split()))
