"""An exact copy of a manager: an import takes its place."""

import subprocess


class DockerManager:
    """The same, told otherwise."""

    def __init__(self, name):
        self.name = name

    def start(self):
        subprocess.run(["docker", "start", self.name], check=True)

    def stop(self):
        subprocess.run(["docker", "stop", self.name], check=True)


def test_start():
    DockerManager("db").start()
