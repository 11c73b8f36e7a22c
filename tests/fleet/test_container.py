"""The container file: built by a real engine, and what CI runs in the image over real repositories."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import docker
import pytest
from docker.errors import APIError, ContainerError

import example
from container_engine import engine
from yard import TOKEN, Forge

pytestmark = [pytest.mark.heavy, pytest.mark.xdist_group("docker")]
ROOT = Path(__file__).parents[2]
BASE, IMAGE = "python:3.13-slim", "ssot-migrate-test:latest"
STRANGER = 12345


@pytest.fixture(scope="module")
def client(
    tmp_path_factory: pytest.TempPathFactory, cannot_be_had: Callable[[str], NoReturn]
) -> Iterator[docker.DockerClient]:
    """An engine that has the image which ``ci/Dockerfile`` makes."""
    folder = tmp_path_factory.mktemp("engine")
    with engine(folder, cannot_be_had) as found:
        base = base_of(found, folder, cannot_be_had)
        must_reach_packages(found, base)
        found.images.build(
            path=str(ROOT),
            dockerfile="ci/Dockerfile",
            buildargs={"BASE": base},
            tag=IMAGE,
            network_mode="host",
            rm=True,
            forcerm=True,
        )
        yield found
        found.images.remove(IMAGE, force=True)


def must_reach_packages(found: docker.DockerClient, base: str) -> None:
    """Skip where packages of Debian and PyPI are reached by the machine, but not by its containers."""
    probe = "apt-get update -qq && pip download --quiet --no-deps --dest /tmp iniconfig"
    try:
        found.containers.run(base, ["sh", "-c", probe], network_mode="host", remove=True, stderr=True)
    except ContainerError as error:
        pytest.skip(f"a container here reaches no packages: {error}"[:500])


def base_of(found: docker.DockerClient, folder: Path, cannot_be_had: Callable[[str], NoReturn]) -> str:
    """The base image by its own name, or, where no registry answers, a Debian that stands in for it."""
    if found.images.list(BASE):
        return BASE
    try:
        found.images.pull(BASE)
    except APIError:
        return stand_in(found, folder / "root", cannot_be_had)
    return BASE


def stand_in(found: docker.DockerClient, root: Path, cannot_be_had: Callable[[str], NoReturn]) -> str:
    """A Debian with Python and pip as a base image has them, and with this machine's certificates."""
    packages = "--include=ca-certificates,python3,python3-pip,python3-venv"
    try:
        subprocess.run(
            ["debootstrap", "--variant=minbase", packages, "stable", str(root)],
            check=True,
            capture_output=True,
        )
    except OSError:
        cannot_be_had("debootstrap")
    except subprocess.CalledProcessError as error:
        pytest.skip(f"no registry answers here, and no mirror of Debian: {error.stderr[-300:]!r}")
    for marker in root.glob("usr/lib/python3*/EXTERNALLY-MANAGED"):
        marker.unlink()
    known = "etc/ssl/certs/ca-certificates.crt"
    (root / known).write_bytes(Path("/", known).read_bytes())
    archive = root.with_suffix(".tar")
    with tarfile.open(archive, "w") as tar:
        tar.add(root, ".")
    shutil.rmtree(root)
    changes = [f"ENV PIP_CERT=/{known}", "ENV PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"]
    found.api.import_image_from_file(str(archive), "ssot-base-test", "latest", changes=changes)
    return "ssot-base-test:latest"


def in_image(client: docker.DockerClient, repo: Path, words: list[str], user: str, token: str = "") -> str:
    """What a command says in the image, over a repository that is mounted where the image wants it."""
    done = client.containers.run(
        IMAGE,
        words,
        volumes={str(repo): {"bind": "/repository", "mode": "rw"}},
        user=user,
        environment={"SSOT_FLEET_TOKEN": token},
        network_mode="host",
        remove=True,
        stderr=True,
    )
    return done.decode()


def test_a_plan_in_the_image_is_the_plan_outside(client: docker.DockerClient, tmp_path: Path) -> None:
    """Another user's checkout of this project is planned by the image's own user, line for line as here."""
    env, repo = example.environment(tmp_path, PYTHONPATH=str(ROOT)), tmp_path / "repo"
    example.run(["git", "clone", "-q", str(ROOT), str(repo)], tmp_path, env)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    here = example.run([sys.executable, "-m", "ssot_migrate", "plan", "--format", "lines"], repo, env)
    assert len(here.splitlines()) > 50
    assert in_image(client, repo, ["plan", "--format", "lines"], "") == here


def test_the_bot_in_the_image_proposes(client: docker.DockerClient, forge: Forge, tmp_path: Path) -> None:
    """The image that CI runs plans a checkout, pushes over HTTP, and opens requests; once."""
    checkout = forge.yard.root / "checkout"
    forge.yard.git(".", "clone", "-q", str(forge.yard.root / "remotes/one.git"), str(checkout))
    forge.yard.git(checkout, "remote", "set-url", "origin", f"{forge.url}/team/one.git")
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    subprocess.run(["chown", "-R", str(STRANGER), str(checkout)], check=True)
    host = forge.url.partition("://")[2]
    words = ["bot", "propose", "--forge", forge.kind, "--host", host, "--include", "review"]
    words += ["--api", f"{forge.url}/api/{'v3' if forge.kind == 'github' else 'v4'}"]
    for expected in ("done", "nothing to do"):
        said = in_image(client, checkout, words, str(STRANGER), TOKEN)
        assert said.splitlines()[-1] == expected
    heads = sorted(row["head"] for row in forge.requests)
    assert heads == [f"ssot-migrate/{name}" for name in ("app", "foundation", "web")]
