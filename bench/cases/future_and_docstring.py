#!/usr/bin/env python3
# Copyright: nobody.
"""The docstring stays the docstring."""

from __future__ import annotations

import os


def read() -> Unknown:  # noqa: F821
    return os.environ.get("CASE_N")


def check() -> None:
    assert __doc__ == "The docstring stays the docstring."
    assert read() is None
