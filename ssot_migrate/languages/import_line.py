"""The text of import lines: new ones, and old ones with names taken out or put in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ssot_migrate.model import ImportRequest

_WIDTH = 100
_NAME = r"[\w.]+(?: as \w+)?"
_LINE = re.compile(rf"(import |from [\w.]+ import )(){_NAME}(?:, {_NAME})*()")
_LINES = re.compile(rf"(from [\w.]+ import \((\r?\n[ ]+)){_NAME}(?:,\s+{_NAME})*(,?\s*\))")


def rewritten(code: str, gone: set[str], added: Sequence[tuple[str, str]]) -> str:
    """The import statement ``code`` without the local names ``gone`` and with ``added`` ones.

    ``added`` are pairs of name and local name. A statement that would import nothing is given back as it is.
    A plain one is made from its text, all others by libcst.
    """
    plain = _LINE.fullmatch(code) or _LINES.fullmatch(code)
    between = f",{plain[2] or ' '}" if plain else ""
    found = code[plain.end(1) : plain.start(3)].split(between) if plain else []
    if plain is None or any(mark in name for name in found for mark in ",\n"):
        from ssot_migrate.languages import import_statement  # libcst costs more to load than most plans

        return import_statement.rewritten(code, gone, added)
    kept = [name for name in found if _local(name) not in gone]
    known = {_local(name) for name in kept}
    fresh = [f"{name} as {local}" if local != name else name for name, local in added if local not in known]
    names = between.join([*kept, *fresh])
    return plain[1] + names + plain[3] if names else code


def _local(name: str) -> str:
    module, _, given = name.partition(" as ")
    return given or module.partition(".")[0]


def by_module(lines: Iterable[str]) -> list[str]:
    """Import lines, each once, as import sorters put them; those of one module as one while that is short."""
    joined: dict[str, str] = {}
    for line in sorted(set(lines), key=str.casefold):
        module, _, names = line.partition(" import ")
        longer = f"{joined[module]}, {names}" if module in joined else line
        fits = len(longer) <= _WIDTH
        joined[module if fits else line] = longer if fits else line
    return list(joined.values())


def import_line(request: ImportRequest, local: str) -> str:
    """The line that imports what is requested under the name ``local``."""
    alias = f" as {local}" if local != request.name else ""
    return f"from {request.module} import {request.name}{alias}"
