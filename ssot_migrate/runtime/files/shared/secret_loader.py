"""Secrets from where they are kept: the environment, mounted files, Google Secret Manager, in this order."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
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

    The service account is that of ``key_file`` (JSON); without one the library finds credentials
    itself. ``endpoint`` is for regional secrets.
    """

    project: str
    key_file: Path | None = None
    endpoint: str = ""

    @property
    def identity(self) -> str:
        """Return the project and the account."""
        return f"Google Secret Manager, project {self.project}, as {self._account()}"

    def find(self, name: str) -> str | None:
        """Return the latest version's value."""
        try:
            return self._latest(name)
        except ImportError:
            reason = "google-cloud-secret-manager is not installed"
        except (OSError, ValueError) as error:
            reason = f"{self.key_file} cannot be used ({type(error).__name__})"
        raise SecretError(f"secret {name!r} cannot be asked of {self.identity}: {reason}")

    def _latest(self, name: str) -> str | None:
        from google.api_core.exceptions import GoogleAPICallError, NotFound, RetryError
        from google.api_core.retry import Retry
        from google.auth.exceptions import GoogleAuthError

        path = f"projects/{self.project}/secrets/{name}/versions/latest"
        retry = Retry(timeout=_TIMEOUT_SECONDS)
        try:
            answer = self._client.access_secret_version(name=path, retry=retry, timeout=_TIMEOUT_SECONDS)
        except NotFound:
            return None
        except (GoogleAPICallError, GoogleAuthError, RetryError) as error:
            if isinstance(error, ValueError):  # the key file's fault, not Google's answer
                raise
            reason = getattr(error, "message", "") or type(error).__name__
            raise SecretError(f"secret {name!r} refused by {self.identity}: {reason}") from None
        return str(answer.payload.data.decode("utf-8"))

    @cached_property
    def _client(self) -> Any:  # noqa: ANN401 - a library that need not be there
        from google.cloud.secretmanager import SecretManagerServiceClient
        from google.oauth2.service_account import Credentials

        options = {"api_endpoint": self.endpoint} if self.endpoint else {}
        credentials = None
        if self.key_file is not None:
            credentials = Credentials.from_service_account_file(str(self.key_file))  # type: ignore[no-untyped-call]
        return SecretManagerServiceClient(credentials=credentials, client_options=options)

    def _account(self) -> str:
        if self.key_file is None:
            return "application default credentials"
        try:
            return str(json.loads(self.key_file.read_text("utf-8"))["client_email"])
        except (OSError, ValueError, LookupError, TypeError):
            return "no service account"


def default_providers() -> tuple[Provider, ...]:
    """Return the environment, mounted files, and Google's if ``GOOGLE_CLOUD_PROJECT`` names a project.

    ``GOOGLE_APPLICATION_CREDENTIALS`` is then the service account's key file.
    """
    project, key_file = get_env().get("GOOGLE_CLOUD_PROJECT"), get_env().get("GOOGLE_APPLICATION_CREDENTIALS")
    google = [GoogleSecrets(project, Path(key_file) if key_file else None)] if project else []
    return (EnvironmentSecrets(), MountedSecrets(), *google)


class SecretLoader:
    """Ask providers in order; the first that knows a secret gives it."""

    def __init__(self, providers: Sequence[Provider] | None = None) -> None:
        """Ask ``providers``, by default ``default_providers()``."""
        self._providers = default_providers() if providers is None else tuple(providers)

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
