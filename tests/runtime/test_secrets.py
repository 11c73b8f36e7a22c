"""Secrets: found in order, and a missing or denied one is an error that names everything but the value."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from shared.secret_loader import EnvironmentSecrets, GoogleSecrets, MountedSecrets, SecretError, SecretLoader


@pytest.fixture
def mounted(tmp_path: Path) -> MountedSecrets:
    """A folder with secrets."""
    (tmp_path / "DB_PASSWORD").write_text(" hush\n\n")
    (tmp_path / "BROKEN").write_bytes(b"\xff\xfehush")
    (tmp_path / "FOLDER").mkdir()
    return MountedSecrets(tmp_path)


def test_the_first_provider_that_knows_it_wins(
    mounted: MountedSecrets, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The environment comes before files; a file's last line end is not part of the secret."""
    loader = SecretLoader([EnvironmentSecrets(), mounted])
    assert loader.get_secret("DB_PASSWORD") == " hush\n"
    monkeypatch.setenv("DB_PASSWORD", "from the environment")
    assert loader.get_secret("DB_PASSWORD") == "from the environment"
    assert SecretLoader().get_secret("DB_PASSWORD") == "from the environment"


def test_a_missing_secret_names_itself_and_who_was_asked(mounted: MountedSecrets) -> None:
    """One error tells the name and all places."""
    with pytest.raises(SecretError) as caught:
        SecretLoader([EnvironmentSecrets(), mounted]).get_secret("NO_SUCH")
    expected = (
        f"secret 'NO_SUCH' not found; asked: the environment of this process; files in {mounted.folder}"
    )
    assert str(caught.value) == expected


@pytest.mark.parametrize(("name", "reason"), [("BROKEN", "not UTF-8"), ("FOLDER", "directory")])
def test_an_unreadable_secret_is_an_error_without_its_value(
    name: str, reason: str, mounted: MountedSecrets
) -> None:
    """It is not passed over in silence, and the error shows nothing of it."""
    with pytest.raises(SecretError, match=f"'{name}' cannot be read from files in .*{reason}") as caught:
        SecretLoader([mounted]).get_secret(name)
    assert "hush" not in repr(caught.value) + str(caught.value.__cause__)


@pytest.mark.parametrize("name", ["../x", "a/b", "", ".hidden", "a\n"])
def test_a_name_is_no_path(name: str, mounted: MountedSecrets) -> None:
    """No name leads out of the folder or into another resource."""
    with pytest.raises(SecretError, match="no name of a secret"):
        SecretLoader([mounted]).get_secret(name)


@pytest.fixture
def google() -> Iterator[GoogleSecrets]:
    """The provider against a server that speaks Secret Manager's protocol."""
    grpc = pytest.importorskip("grpc")
    from google.cloud.secretmanager import SecretManagerServiceClient
    from google.cloud.secretmanager_v1 import AccessSecretVersionRequest, AccessSecretVersionResponse
    from google.cloud.secretmanager_v1.services.secret_manager_service.transports import (
        SecretManagerServiceGrpcTransport,
    )

    refusals = {
        "DENIED": (grpc.StatusCode.PERMISSION_DENIED, "permission secretmanager.versions.access denied"),
        "MISSING": (grpc.StatusCode.NOT_FOUND, "no such secret"),
    }

    def access(request: AccessSecretVersionRequest, context: Any) -> AccessSecretVersionResponse:  # noqa: ANN401
        name = request.name.removeprefix("projects/p/secrets/").removesuffix("/versions/latest")
        if name in refusals:
            context.abort(*refusals[name])
        return AccessSecretVersionResponse(name=request.name, payload={"data": b"hush"})

    handler = grpc.unary_unary_rpc_method_handler(
        access, AccessSecretVersionRequest.deserialize, AccessSecretVersionResponse.serialize
    )
    service = "google.cloud.secretmanager.v1.SecretManagerService"
    with ThreadPoolExecutor() as pool:
        server = grpc.server(pool)
        handlers = grpc.method_handlers_generic_handler(service, {"AccessSecretVersion": handler})
        server.add_generic_rpc_handlers((handlers,))
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        with grpc.insecure_channel(f"127.0.0.1:{port}") as channel:
            transport = SecretManagerServiceGrpcTransport(channel=channel)
            yield GoogleSecrets("p", "robot@p", SecretManagerServiceClient(transport=transport))
        server.stop(None).wait()


@pytest.mark.heavy
def test_google_secret_manager(google: GoogleSecrets) -> None:
    """Known, missing and denied secrets over the real protocol; the error names secret and identity."""
    loader = SecretLoader([google])
    assert loader.get_secret("KNOWN") == "hush"
    where = "Google Secret Manager, project p, as robot@p"
    with pytest.raises(SecretError, match=f"'MISSING' not found; asked: {where}"):
        loader.get_secret("MISSING")
    with pytest.raises(SecretError, match=f"'DENIED' refused by {where}: permission .* denied"):
        loader.get_secret("DENIED")
    assert "hush" not in repr(google)


@pytest.mark.heavy
def test_a_service_account_s_key_file(tmp_path: Path) -> None:
    """The identity is the account of the key; without a network the error names it."""
    pytest.importorskip("grpc")
    key = subprocess.run(["openssl", "genrsa", "2048"], capture_output=True, text=True, check=True).stdout
    path = tmp_path / "key.json"
    account = {"type": "service_account", "client_email": "robot@p", "private_key": key}
    path.write_text(json.dumps({**account, "token_uri": "http://127.0.0.1:9/token"}))
    provider = GoogleSecrets.from_key_file("p", path)
    assert provider.identity.endswith("as robot@p")
    assert "PRIVATE" not in repr(provider)
