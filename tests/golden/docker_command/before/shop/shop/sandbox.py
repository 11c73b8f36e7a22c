"""An installed package, of which Docker is the product."""

import subprocess


def start(image):
    return subprocess.run(["docker", "run", "-d", image], check=True)
