"""The authorization code flow with PKCE, our side of it."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from urllib.parse import urlencode, urlsplit


class OAuthError(Exception):
    pass


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class AuthorizationFlow:
    """One login through another provider; states are used once."""

    def __init__(self, provider: str):
        prefix = f"OAUTH_{provider.upper()}_"
        try:
            self.client_id = os.environ[prefix + "CLIENT_ID"]
            self.client_secret = os.environ[prefix + "CLIENT_SECRET"]
        except KeyError as missing:
            raise OAuthError(f"{provider} is not configured: {missing.args[0]}") from None
        self.authorize_url = os.environ.get(prefix + "AUTHORIZE_URL", f"https://{provider}.test/authorize")
        self._pending: dict[str, str] = {}

    def start(self, redirect: str) -> tuple[str, str]:
        """The address to send the browser to, and the state that must come back."""
        allowed = os.environ.get("OAUTH_REDIRECT_HOSTS", "localhost").split(",")
        if urlsplit(redirect).hostname not in allowed:
            raise OAuthError(f"redirect to {urlsplit(redirect).hostname} is not allowed")
        state, verifier = secrets.token_urlsafe(16), secrets.token_urlsafe(32)
        self._pending[state] = verifier
        query = urlencode({
            "response_type": "code", "client_id": self.client_id, "redirect_uri": redirect, "state": state,
            "code_challenge": challenge(verifier), "code_challenge_method": "S256",
        })
        return f"{self.authorize_url}?{query}", state

    def finish(self, state: str, code: str) -> dict[str, str]:
        """The body of the token request."""
        verifier = self._pending.pop(state, None)
        if verifier is None:
            raise OAuthError("unknown or used state")
        return {
            "grant_type": "authorization_code", "code": code, "code_verifier": verifier,
            "client_id": self.client_id, "client_secret": self.client_secret,
        }
