"""What a module does when it is loaded, as its lines show where nothing calls to parse it."""

from __future__ import annotations

import re

from ssot_migrate.languages.decoding import BOM

_HEAD = re.compile(
    rb"(?:[ \t\r\f]*(?:#[^\n]*)?\n)*"
    rb'(?:[rRuU]?"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""[ \t]*(?:#[^\n]*)?\r?\n)?',
    re.DOTALL,
)
_VALUE = (
    rb"(?:[-+]?[0-9][\w.]*|[rRbBuU]?\"[^\"\\\n]*\"|[rRbBuU]?'[^'\\\n]*'|None|True|False|\[\]|\{\}|\(\)"
    rb"|(?:logging\.)?getLogger\([\w\"']*\))"
)
_ACTS = re.compile(
    rb"\n(?![ \t\r\n\f#)\]}]|(?:import|from) [^;\n]*$|(?:async )?def |class |@"
    rb"|if (?:typing\.)?TYPE_CHECKING:|if __name__ "
    rb"|[A-Za-z_]\w*[ \t]*(?::[^=\n]+)?=[ \t]*" + _VALUE + rb"[ \t]*(?:#[^\n]*)?\r?$)[^\n]",
    re.MULTILINE,
)


def acting_line(data: bytes) -> int:
    """The first line, from 1, of a module that may do more than define, import and name constants; else 0.

    A line inside a string, or a value over several lines, may be taken for one: rather a line
    too many than one too few.
    """
    text = b"\n" + data.removeprefix(BOM)
    head = _HEAD.match(text)
    found = _ACTS.search(text, head.end() - 1 if head else 0)
    return text.count(b"\n", 0, found.end()) if found else 0
