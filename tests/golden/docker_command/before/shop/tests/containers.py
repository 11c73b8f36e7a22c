"""The class that stays."""

import subprocess


class DockerManager:
    """Starts and stops the services of the suite."""

    def __init__(self, name):
        self.name = name

    def start(self):
        subprocess.run(["docker", "start", self.name], check=True)

    def stop(self):
        subprocess.run(["docker", "stop", self.name], check=True)


class PostgresContainer:
    def up(self):
        subprocess.run(["docker", "run", "-d", "postgres"], check=True)
