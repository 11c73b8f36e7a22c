"""What of a parsed document stays as it is when only words of commands change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby


def shape(value: object) -> object:
    """``value`` with every string, and every run of strings in a list, replaced by its kind."""
    if isinstance(value, dict):
        return {key: shape(child) for key, child in value.items()}
    if isinstance(value, list):
        return "strings" if all(isinstance(item, str) for item in value) else list(_runs(value))
    return "string" if isinstance(value, str) else repr(value)


def _runs(values: Sequence[object]) -> Iterator[object]:
    for is_text, run in groupby(values, lambda item: isinstance(item, str)):
        if is_text:
            yield "strings"
        else:
            yield from map(shape, run)
