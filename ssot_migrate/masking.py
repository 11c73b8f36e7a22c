"""What looks like a secret is masked where people read, character by character, so that no offset moves."""

from __future__ import annotations

import re
from typing import NamedTuple

_DOT = "•"
_ALONE, _END = r"(?<![A-Za-z0-9_-])", r"(?![A-Za-z0-9])"
_TOKENS = (
    r"A(?:KIA|SIA)[0-9A-Z]{16}",  # AWS access keys
    r"AIza[\w-]{30,}|ya29\.[\w-]{16,}",  # Google
    r"gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{20,}",  # GitHub, GitLab
    r"xox[abeoprs]-[\w-]{10,}|xapp-\d-[\w-]{10,}",  # Slack
    r"(?:sk|rk|pk)[-_](?:live|test|proj|ant)[-_](?=[\w-]*\d)[\w-]{16,}",  # Stripe, model providers
    r"sk-(?=[A-Za-z0-9]*\d)[A-Za-z0-9]{20,}",
    r"npm_[A-Za-z0-9]{30,}|pypi-[\w-]{20,}",  # package registries
    r"eyJ[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]+)?",  # JSON web tokens
)
_KNOWN = re.compile(f"{_ALONE}(?:{'|'.join(_TOKENS)}){_END}")
_KEY = re.compile(r"-----BEGIN[^-\n]*PRIVATE KEY-----(?:(?!-----END)[\s\S])*")
_BLOB = re.compile(
    r"(?<![\w/+])(?=[A-Za-z0-9+/]{60})(?=[^\s\"']*\d)(?=[^\s\"']*[A-Z])(?=[^\s\"']*[a-z])"
    r"[A-Za-z0-9+/]{60,}={0,2}(?![\w/+])"
)
_URL = re.compile(r"(?<=://)(?:[^\s/:@'\"]*):([^\s/@'\"]+)(?=@)")
_HOOK = re.compile(r"(?<=://hooks\.slack\.com/services/)([\w/]{20,})")
_HEADER = re.compile(r"(?i)\b(?:bearer|basic)\s+((?=[^\s\"']*\d)[\w.~+/-]{16,}=*)")
_AWS = re.compile(
    r"(?i)\baws\w{0,20}(?:secret|key)\w{0,20}[\"']?\]?\s*[=:,]\s*[\"']?([A-Za-z0-9/+]{40})(?![\w/+])"
)
_SECRET = r"\w*(?:passw(?:or)?d|passphrase|secret|token|api_?key|private_?key|account_?key|credential)\w*"
_NAMED = re.compile(
    rf"(?i)\b{_SECRET}[\"']?\]?\s*(?:=(?!=)|:|,(?!\s*[\"'](?-i:[a-z_]+)[\"']))\s*[rbuf]{{0,2}}"
    r"(\"\"\"|'''|[\"'])((?:(?!\1)[^\\\n]|\\.){6,})\1"
)
# A value of shell or YAML has no quotes; a whole line of Python that looks the same is rare.
_BARE = re.compile(
    r"(?im)^[-+ \t]*(?:export |env |arg )?"
    rf"(?:(?-i:[A-Z0-9_]*(?:PASSW(?:OR)?D|SECRET|TOKEN|KEY)[A-Z0-9_]*)=|{_SECRET}: )"
    r"((?=\S*\d)[\w+/=.!@#%^&*~-]{8,})(?=\s*$)"
)
# What a text has, in lower case, if any of the above but a blob matches in it: many texts have none.
_SIGN = re.compile(
    r"p(?:assw|assphrase|k[-_]|ypi-)|s(?:ecret|k[-_])|token|key|credential|://|b(?:earer|asic)"
    r"|a(?:ws|kia|sia|iza)|ya29\.|g(?:h[pousr]_|ithub_pat_|lpat-)|x(?:ox|app-)|rk[-_]|npm_|eyj"
)
_BLOB_LENGTH = 60


class _Kind(NamedTuple):
    """A kind of secret, which group of a match is it, and what a text that holds one has in lower case."""

    pattern: re.Pattern[str]
    group: int
    sign: re.Pattern[str]


_NAMES = re.compile("passw|passphrase|secret|token|key|credential")
_KINDS = (
    _Kind(_KEY, 0, re.compile("private key")),
    _Kind(_KNOWN, 0, _SIGN),
    _Kind(_BLOB, 0, _SIGN),
    _Kind(_URL, 1, re.compile("://")),
    _Kind(_HOOK, 1, re.compile("hooks.slack")),
    _Kind(_HEADER, 1, re.compile("bearer|basic")),
    _Kind(_AWS, 1, re.compile("aws")),
    _Kind(_BARE, 1, _NAMES),
    _Kind(_NAMED, 2, _NAMES),
)


def masked(text: str) -> str:
    """``text``, of the same length, with dots for known kinds of tokens and values of secret names."""
    low = text.casefold()
    if not _SIGN.search(low):
        return _without(_BLOB, 0, text) if len(text) >= _BLOB_LENGTH else text
    for pattern, group, sign in _KINDS:
        if sign.search(low):
            text = _without(pattern, group, text)
    return text


def _without(pattern: re.Pattern[str], group: int, text: str) -> str:
    return pattern.sub(lambda found: _dotted(found, group), text)


def _dotted(found: re.Match[str], group: int) -> str:
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    whole = found.group()
    return whole[:start] + re.sub(r"[^\n]", _DOT, whole[start:end]) + whole[end:]
