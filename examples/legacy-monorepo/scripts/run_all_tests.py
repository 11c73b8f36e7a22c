#!/usr/bin/env python3
"""Runs every service's ``run_tests.py``, one after the other, and says which failed.

    python scripts/run_all_tests.py [--service NAME]... [--fail-fast]
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ("backend", "auth_service", "billing", "notifications")


def run(service: str, extra: list[str]) -> int:
    """One service's own runner, in the repository's root."""
    env = {**os.environ, "HARBOR_SERVICE": service}
    return subprocess.run([sys.executable, f"{service}/run_tests.py", *extra], cwd=ROOT, env=env).returncode


def run_common() -> int:
    return subprocess.call([sys.executable, "-m", "pytest", "common", "-q", "-x"], cwd=str(ROOT))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--service", action="append", choices=SERVICES)
    parser.add_argument("--fail-fast", action="store_true")
    options, extra = parser.parse_known_args(argv)
    failed = [] if run_common() == 0 else ["common"]
    for service in options.service or SERVICES:
        started = time.monotonic()
        status = run(service, extra)
        print(f"{service}: {'ok' if status == 0 else 'FAILED'} in {time.monotonic() - started:.1f} s")
        if status:
            failed.append(service)
            if options.fail_fast:
                break
    print("failed: " + ", ".join(failed) if failed else "all services ok")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
