#!/usr/bin/env python3
"""Starts the stack for integration tests against containers; needs Docker."""
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request


def compose(*arguments):
    project = os.environ.get("COMPOSE_PROJECT_NAME", "harborline-test")
    return subprocess.run(["docker", "compose", "-p", project, *arguments], env=os.environ, check=True)


def wait(url, seconds=30):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=1)
            return True
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    return False


def main():
    compose("up", "-d", "--build", "backend")
    try:
        if not wait("http://127.0.0.1:%s/health" % os.environ.get("BACKEND_PORT", "8100")):
            compose("logs", "backend")
            return 1
        return os.system("python -m pytest -q -m integration backend")
    finally:
        if not os.environ.get("KEEP_STACK"):
            compose("down", "-v")


if __name__ == "__main__":
    sys.exit(main())
