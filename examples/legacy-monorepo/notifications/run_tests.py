#!/usr/bin/env python3
import argparse
import subprocess
import sys


def main(argv=None):
    parser = argparse.ArgumentParser(description="Tests of notifications")
    parser.add_argument("--integration", action="store_true", help="only the integration layer")
    parser.add_argument("-k", dest="keyword", default="")
    options = parser.parse_args(argv)
    command = ["pytest", "notifications/tests", "-q"]
    if options.integration:
        command.extend(["-m", "integration"])
    if options.keyword:
        command.extend(["-k", options.keyword])
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(main())
