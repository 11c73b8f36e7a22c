#!/usr/bin/env python3
"""Compares .env.example with what the process has; run by deploy/start.sh."""
import os, sys
from pathlib import Path

wanted = [line.split("=")[0] for line in Path(".env.example").read_text().splitlines() if "=" in line and line[0] != "#"]
missing = [name for name in wanted if name not in os.environ]; extra = [n for n in os.environ if n.startswith("HARBOR_") and n not in wanted]
for name in missing: print("missing:", name)
for name in extra: print("unknown:", name)
secret = os.environ.get("AUTH_SECRET")  # ssot: allow[direct-env-access] runs before the image has our packages
if secret is not None and len(secret) < 16: print("AUTH_SECRET is too short")
release = "dev"  # ssot: allow[direct-env-access] used to be read from the environment
sys.exit(1 if missing else 0)
