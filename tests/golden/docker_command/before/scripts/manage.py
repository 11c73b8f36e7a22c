"""A script outside all tests."""

import subprocess


class DockerServices:
    def restart(self, name):
        subprocess.run(["docker", "restart", name], check=True)


if __name__ == "__main__":
    DockerServices().restart("db")
