#!/usr/bin/env python3
# Copyright (c) Harborline B.V. All rights reserved.
"""Defaults that must be in place before anything else of ours is imported.

Imported first by every entry point.
"""
from __future__ import annotations

import os

os.environ.setdefault("HARBOR_ENV", "dev")
os.environ.setdefault("HARBOR_REGION", "eu-west-1")

if os.environ.get("HARBOR_ENV") == "prod" and "HARBOR_RELEASE" not in os.environ:
    raise SystemExit("HARBOR_RELEASE must be set in production")


def defaults() -> dict[str, str]:
    """What the bootstrap guarantees, as it stands now."""
    return {name: os.environ[name] for name in ("HARBOR_ENV", "HARBOR_REGION")}
