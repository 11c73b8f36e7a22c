"""What looks like a secret is masked where people read, character by character, so that no offset moves."""

from __future__ import annotations

import re

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
    r"(?<![\w/+])(?=[^\s\"']*\d)(?=[^\s\"']*[A-Z])(?=[^\s\"']*[a-z])[A-Za-z0-9+/]{60,}={0,2}(?![\w/+])"
)
_GIVEN = (
    re.compile(r"(?<=://)(?:[^\s/:@'\"]*):([^\s/@'\"]+)(?=@)"),
    re.compile(r"(?<=://hooks\.slack\.com/services/)([\w/]{20,})"),
    re.compile(r"(?i)\b(?:bearer|basic)\s+((?=[^\s\"']*\d)[\w.~+/-]{16,}=*)"),
    re.compile(
        r"(?i)\baws\w{0,20}(?:secret|key)\w{0,20}[\"']?\]?\s*[=:,]\s*[\"']?([A-Za-z0-9/+]{40})(?![\w/+])"
    ),
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
    r"passw|passphrase|pk[-_]|pypi-|secret|sk[-_]|token|key|credential|://|bearer|basic|a(?:ws|kia|sia|iza)"
    r"|ya29\.|gh[pousr]_|github_pat_|glpat-|xox|xapp-|rk[-_]|npm_|eyj"
)
_BLOB_LENGTH = 60


def masked(text: str) -> str:
    """``text``, of the same length, with dots for known kinds of tokens and values of secret names."""
    if not _may_hold_secrets(text):
        return text
    for pattern in (_KEY, _KNOWN, _BLOB):
        text = pattern.sub(lambda found: _dots(found.group()), text)
    for pattern in (*_GIVEN, _BARE):
        text = pattern.sub(lambda found: _inside(found, 1), text)
    return _NAMED.sub(lambda found: _inside(found, 2), text)


def _may_hold_secrets(text: str) -> bool:
    is_long = len(text) >= _BLOB_LENGTH
    return bool(_SIGN.search(text.casefold()) or (is_long and _BLOB.search(text)))


def _inside(found: re.Match[str], group: int) -> str:
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    whole = found.group()
    return whole[:start] + _dots(whole[start:end]) + whole[end:]


def _dots(text: str) -> str:
    return re.sub(r"[^\n]", _DOT, text)
