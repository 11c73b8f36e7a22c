"""What of a parsed document stays as it is when only words of commands change."""

from __future__ import annotations


def shape(value: object) -> object:
    """``value`` with every string, and every list of strings, replaced by its kind."""
    if isinstance(value, dict):
        return {key: shape(child) for key, child in value.items()}
    if isinstance(value, list):
        return "strings" if all(isinstance(item, str) for item in value) else [shape(item) for item in value]
    return "string" if isinstance(value, str) else repr(value)
