"""What looks like a secret is masked in reports, character by character, so that no offset moves."""

from __future__ import annotations

import re

_DOT = "•"
_KNOWN = re.compile(
    r"AKIA[0-9A-Z]{16}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}|xox[abprs]-[\w-]{10,}"
    r"|sk[-_](?:live|test|proj|ant)?[-_]?[\w-]{16,}|AIza[\w-]{30,}|eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?"
    r"|-----BEGIN[^-\n]*PRIVATE KEY-----|(?<![\w/+])[A-Za-z0-9+/]{60,}={0,2}(?![\w/+])"
)
_IN_URL = re.compile(r"(?<=://)([^\s/:@'\"]*):([^\s/@'\"]+)(?=@)")
_NAMED = re.compile(
    r"(?i)\b\w*(?:passw(?:or)?d|passphrase|secret|token|api_?key|private_?key|credential)\w*"
    r"[\"']?\]?\s*(?:=|:|,)\s*[rbuf]{0,2}([\"'])((?:(?!\1)[^\\\n]|\\.){6,})\1"
)


def masked(text: str) -> str:
    """``text``, of the same length, with dots for known kinds of tokens and values of secret names."""
    text = _KNOWN.sub(lambda found: _DOT * len(found.group()), text)
    text = _IN_URL.sub(lambda found: f"{found[1]}:{_DOT * len(found[2])}", text)
    return _NAMED.sub(_value, text)


def _value(found: re.Match[str]) -> str:
    start, end = found.start(2) - found.start(), found.end(2) - found.start()
    whole = found.group()
    return whole[:start] + _DOT * (end - start) + whole[end:]
