#!/usr/bin/env python3
"""Runs the auth service's tests in a process of their own, with ``src`` on the path."""
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main():
    env = dict(os.environ, AUTH_PBKDF2_ROUNDS="1000")
    env["PYTHONPATH"] = os.pathsep.join([str(HERE.parent), str(HERE / "src"), env.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", "pytest", "tests", "-q", "--maxfail=5"]
    if os.environ.get("CI"):
        command += ["--junitxml=reports/auth.xml"]
    return subprocess.run(command + sys.argv[1:], cwd=HERE, env=env).returncode


if __name__ == "__main__":
    raise SystemExit(main())
