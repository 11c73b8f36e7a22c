"""A copy with state in the class would share it: for review."""

import subprocess


class ContainerRegistry:
    running = []

    def start(self, name):
        self.running.append(name)
        subprocess.run(["docker", "start", name], check=True)


def test_registry():
    ContainerRegistry().start("db")
