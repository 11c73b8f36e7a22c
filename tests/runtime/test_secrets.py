"""Secrets: found in order, and a missing or denied one is an error that names everything but the value."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import grpc  # type: ignore[import-untyped]
import pytest
from google.auth import jwt as google_jwt
from google.cloud.secretmanager_v1 import AccessSecretVersionRequest, AccessSecretVersionResponse

from shared.secret_loader import (
    EnvironmentSecrets,
    GoogleSecrets,
    MountedSecrets,
    SecretError,
    SecretLoader,
    default_providers,
)

RunPython = Callable[..., subprocess.CompletedProcess[str]]


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


KEY = (
    "openssl req -new -x509 -days 2 -nodes -newkey rsa:2048 -subj /CN=localhost "
    "-addext subjectAltName=DNS:localhost -keyout {0}/key.pem -out {0}/certificate.pem"
)
REFUSALS = {
    "DENIED": (grpc.StatusCode.PERMISSION_DENIED, "permission secretmanager.versions.access denied"),
    "MISSING": (grpc.StatusCode.NOT_FOUND, "no such secret"),
}


@pytest.fixture
def google(tmp_path: Path, needs: Callable[[str], str]) -> Iterator[str]:
    """A server that speaks Secret Manager's protocol over TLS, and knows one account: its endpoint."""
    needs("openssl")
    subprocess.run(shlex.split(KEY.format(tmp_path)), capture_output=True, check=True)
    key, certificate = (tmp_path / name for name in ("key.pem", "certificate.pem"))

    def access(
        request: AccessSecretVersionRequest, context: grpc.ServicerContext
    ) -> AccessSecretVersionResponse:
        bearer = dict(context.invocation_metadata())["authorization"].removeprefix("Bearer ")
        assert google_jwt.decode(bearer, certs=certificate.read_bytes())["iss"] == "robot@p"  # type: ignore[no-untyped-call]
        name = request.name.removeprefix("projects/p/secrets/").removesuffix("/versions/latest")
        if name in REFUSALS:
            context.abort(*REFUSALS[name])
        return AccessSecretVersionResponse(name=request.name, payload={"data": b"hush"})

    handler = grpc.unary_unary_rpc_method_handler(
        access, AccessSecretVersionRequest.deserialize, AccessSecretVersionResponse.serialize
    )
    service = "google.cloud.secretmanager.v1.SecretManagerService"
    with ThreadPoolExecutor() as pool:
        server = grpc.server(pool)
        handlers = grpc.method_handlers_generic_handler(service, {"AccessSecretVersion": handler})
        server.add_generic_rpc_handlers((handlers,))
        identity = grpc.ssl_server_credentials([(key.read_bytes(), certificate.read_bytes())])
        port = server.add_secure_port("localhost:0", identity)
        server.start()
        yield f"localhost:{port}"
        server.stop(None).wait()


ASK = """
import sys
from pathlib import Path
from shared.secret_loader import GoogleSecrets, SecretError, SecretLoader
google = GoogleSecrets("p", Path(sys.argv[1]), endpoint=sys.argv[2])
for name in sys.argv[3:]:
    try:
        print(SecretLoader([google]).get_secret(name))
    except SecretError as error:
        print(error)
print(google)
"""


@pytest.mark.heavy
def test_google_secret_manager(google: str, tmp_path: Path, run_python: RunPython) -> None:
    """As a service account, by its key: known, missing and denied secrets; who asked is told, no key."""
    account = {"type": "service_account", "client_email": "robot@p", "token_uri": "https://localhost:9"}
    key = tmp_path / "account.json"
    key.write_text(json.dumps({**account, "private_key": (tmp_path / "key.pem").read_text()}))
    asked = ("KNOWN", "MISSING", "DENIED")
    done = run_python(
        "-c",
        ASK,
        str(key),
        google,
        *asked,
        # A process reads it once; hence one of its own.
        GRPC_DEFAULT_SSL_ROOTS_FILE_PATH=str(tmp_path / "certificate.pem"),
    )
    where = "Google Secret Manager, project p, as robot@p"
    assert done.stdout.splitlines()[:3] == [
        "hush",
        f"secret 'MISSING' not found; asked: {where}",
        f"secret 'DENIED' refused by {where}: permission secretmanager.versions.access denied",
    ], done.stderr
    assert "PRIVATE" not in done.stdout


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "FileNotFoundError"),
        ("hush", "JSONDecodeError"),
        ('{"hush": 1}', "MalformedError"),
        ('{"client_email": "robot@p", "token_uri": "x", "private_key": "hush"}', "Error"),
    ],
)
def test_a_broken_key_file_is_named_not_shown(text: str | None, told: str, tmp_path: Path) -> None:
    """One error: which secret, which file, what kind of trouble."""
    key = tmp_path / "account.json"
    if text is not None:
        key.write_text(text)
    loader = SecretLoader([GoogleSecrets("p", key)])
    with pytest.raises(
        SecretError, match=f"'X' cannot be asked of .*{key} cannot be used .*{told}"
    ) as caught:
        loader.get_secret("X")
    assert "hush" not in str(caught.value)


def test_google_comes_last_and_where_a_project_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order is fixed: environment, files, Google; without a project nothing is asked of it."""
    monkeypatch.delenv("GOOGLE_CLOUD_PROJECT", raising=False)
    assert [type(each) for each in default_providers()] == [EnvironmentSecrets, MountedSecrets]
    monkeypatch.setenv("GOOGLE_CLOUD_PROJECT", "p")
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/key.json")
    assert default_providers()[2:] == (GoogleSecrets("p", Path("/key.json")),)


def test_without_google_s_library_the_error_says_what_to_install(
    tmp_path: Path, run_python: RunPython
) -> None:
    """It is no import error from within."""
    hidden = "import sys; sys.modules['google'] = None\n"
    done = run_python("-c", hidden + ASK, str(tmp_path / "none"), "", "X")
    assert "google-cloud-secret-manager is not installed" in done.stdout, done.stderr
