"""Clients of the SDK: advice."""

import docker
from docker import DockerClient
from docker import from_env as engine


def test_clients():
    docker.from_env().containers.run("postgres", detach=True)
    DockerClient(base_url="unix://var/run/docker.sock")
    engine()
    docker.errors.NotFound("no client")
