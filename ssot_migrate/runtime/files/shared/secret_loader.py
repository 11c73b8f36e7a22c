"""Secrets from where they are kept: the environment, mounted files, Google Secret Manager, in this order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from shared.isolated_environment import get_env

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_TIMEOUT_SECONDS = 10.0


class SecretError(RuntimeError):
    """A secret that cannot be had: names the secret, who asked where and why not; never a value."""


class Provider(Protocol):
    """A place that may have a secret."""

    @property
    def identity(self) -> str:
        """Return the place, and as whom it is asked."""

    def find(self, name: str) -> str | None:
        """Return the value, None if there is no such secret; SecretError if the place refuses."""


class EnvironmentSecrets:
    """Secrets in environment variables."""

    identity = "the environment of this process"

    def find(self, name: str) -> str | None:
        """Return the variable's value."""
        return get_env().get(name)


@dataclass(frozen=True)
class MountedSecrets:
    """Secrets in files of a folder, one each, as orchestrators mount them; a final newline is not part."""

    folder: Path = Path("/run/secrets")

    @property
    def identity(self) -> str:
        """Return the folder."""
        return f"files in {self.folder}"

    def find(self, name: str) -> str | None:
        """Return the content of the secret's file."""
        try:
            text = (self.folder / name).read_text("utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
            raise SecretError(f"secret {name!r} cannot be read from {self.identity}: {reason}") from None
        return text.removesuffix("\n")


@dataclass(frozen=True)
class GoogleSecrets:
    """Secrets in Google Secret Manager; needs ``google-cloud-secret-manager``.

    Without a ``client`` the library finds credentials itself, as by ``GOOGLE_APPLICATION_CREDENTIALS``.
    """

    project: str
    account: str = "application default credentials"
    client: Any = field(default=None, repr=False)

    @classmethod
    def from_key_file(cls, project: str, path: Path) -> GoogleSecrets:
        """Return the provider for a service account, by its JSON key."""
        from google.cloud.secretmanager import SecretManagerServiceClient
        from google.oauth2.service_account import Credentials

        credentials = Credentials.from_service_account_file(str(path))  # type: ignore[no-untyped-call]
        client = SecretManagerServiceClient(credentials=credentials)
        return cls(project, str(credentials.service_account_email), client)

    @property
    def identity(self) -> str:
        """Return the project and the account."""
        return f"Google Secret Manager, project {self.project}, as {self.account}"

    def find(self, name: str) -> str | None:
        """Return the latest version's value."""
        from google.api_core.exceptions import GoogleAPICallError, NotFound, RetryError
        from google.api_core.retry import Retry
        from google.auth.exceptions import GoogleAuthError
        from google.cloud.secretmanager import SecretManagerServiceClient

        path = f"projects/{self.project}/secrets/{name}/versions/latest"
        try:
            client = self.client or SecretManagerServiceClient()
            answer = client.access_secret_version(
                name=path, retry=Retry(timeout=_TIMEOUT_SECONDS), timeout=_TIMEOUT_SECONDS
            )
        except NotFound:
            return None
        except (GoogleAPICallError, GoogleAuthError, RetryError) as error:
            reason = getattr(error, "message", "") or type(error).__name__
            raise SecretError(f"secret {name!r} refused by {self.identity}: {reason}") from None
        return str(answer.payload.data.decode("utf-8"))


class SecretLoader:
    """Ask providers in order; the first that knows a secret gives it."""

    def __init__(self, providers: Sequence[Provider] | None = None) -> None:
        """Ask ``providers``; by default the environment and mounted files."""
        self._providers = list(
            providers if providers is not None else (EnvironmentSecrets(), MountedSecrets())
        )

    def get_secret(self, name: str) -> str:
        """Return the secret's value; SecretError if a place refuses it or none has it."""
        if not _NAME.fullmatch(name):
            raise SecretError(f"{name!r} is no name of a secret")
        for provider in self._providers:
            value = provider.find(name)
            if value is not None:
                return value
        asked = "; ".join(provider.identity for provider in self._providers)
        raise SecretError(f"secret {name!r} not found; asked: {asked}")
