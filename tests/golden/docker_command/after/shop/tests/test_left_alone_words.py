"""Words that are no commands: messages, names, data."""

MODES = ["docker", "local"]
HINT = "start it with docker compose up"
SETTINGS = {"docker": True, "image": "docker.io/library/postgres"}


class DockerSettings:
    mode = "docker"


class MockDockerManager:
    def start(self):
        return ["docker", "start"]


def test_words(docker):
    assert docker in MODES
    assert "docker-compose.yml" not in HINT
    print("docker ps")


def test_in_a_container(container):
    container.exec_run("docker ps")


def test_asked_for(settings):
    """A key that is asked for, and a list that is compared with, start nothing."""
    assert settings.get("docker", False) or settings["by"] in ["docker", "compose"]
