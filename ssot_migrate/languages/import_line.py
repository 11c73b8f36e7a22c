"""An import statement with names taken out or put in: a plain one from its text, all others by libcst."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NAME = r"[\w.]+(?: as \w+)?"
_LINE = re.compile(rf"(import |from [\w.]+ import )(){_NAME}(?:, {_NAME})*()")
_LINES = re.compile(rf"(from [\w.]+ import \((\r?\n[ ]+)){_NAME}(?:,\s+{_NAME})*(,?\s*\))")


def rewritten(code: str, gone: set[str], added: Sequence[tuple[str, str]]) -> str:
    """The import statement ``code`` without the local names ``gone`` and with ``added`` ones.

    ``added`` are pairs of name and local name. A statement that would import nothing is given back as it is.
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
