"""``python -m backend.cli``: small jobs for people on call."""

from __future__ import annotations

import common.bootstrap  # noqa: F401  isort:skip

import argparse
import json
import os
import sys

from backend.app.sla import deadline
from backend.app.triage import classify


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="backend")
    parser.add_argument("--tenant", default=os.environ.get("HARBOR_TENANT", "public"))
    commands = parser.add_subparsers(dest="command", required=True)
    triage = commands.add_parser("triage", help="classify a text")
    triage.add_argument("subject")
    triage.add_argument("body", nargs="?", default="")
    due = commands.add_parser("due", help="when a ticket must be answered")
    due.add_argument("opened")
    due.add_argument("priority", choices=["critical", "high", "normal", "low"])
    commands.add_parser("env", help="show our variables")
    return parser


def show_environment(environ=None) -> dict[str, str]:
    environ = os.environ if environ is None else environ
    return {key: value for key, value in sorted(environ.items()) if key.startswith(("HARBOR_", "BACKEND_"))}


def main(argv: list[str] | None = None) -> int:
    import datetime as dt

    options = build_parser().parse_args(argv)
    if options.command == "triage":
        priority, category = classify(options.tenant, options.subject, options.body)
        print(f"{priority} {category}")
    elif options.command == "due":
        print(deadline(dt.datetime.fromisoformat(options.opened), options.priority).isoformat())
    else:
        json.dump(show_environment(), sys.stdout, indent=2, sort_keys=True)
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
