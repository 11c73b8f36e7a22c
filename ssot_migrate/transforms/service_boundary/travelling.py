"""What in a test file ties it to the place where it stands, read off its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Frozen

# What gives a test its own place, or code that looks at who calls it.
_PLACED = re.compile(
    rb"__file__|__package__|__path__|__spec__|fspath|request\.path|\bdatadir|_datadir|getfixturevalue"
    rb"|getfile|getsource|getmodule|pkgutil|importlib\.(?:resources|util)|_getframe|inspect\.stack|pytest_plugins"
)
# One of these stands in whatever ``_PLACED`` finds: to look for each is quicker by far.
_PLACES = (
    b"__file__", b"__package__", b"__path__", b"__spec__", b"fspath", b"request.path", b"datadir",
    b"getfixturevalue", b"getfile", b"getsource", b"getmodule", b"pkgutil", b"importlib.", b"_getframe",
    b"inspect.stack", b"pytest_plugins",
)  # fmt: skip
# A file that hands itself to pytest does so wherever it stands.
_STARTS_ITSELF = re.compile(rb"main\(\s*\[?\s*__file__")
_RELATIVE = re.compile(rb"^[ \t]*from[ \t]*\.", re.MULTILINE)
_FROM_DOT = re.compile(rb"from[ \t]*\.")
_OWN_NAME = re.compile(rb"__name__(?!\s*==\s*[\"']__main__[\"'])")
_PARAMETERS = re.compile(rb"def[ \t]+\w+[ \t]*\(([^()]*(?:\([^()]*\)[^()]*)*)\)")
_NAME = re.compile(rb"(?:^|,)\s*\**(\w+)")
_USED = re.compile(rb"usefixtures\(([^)]*)\)")
_QUOTED = re.compile(rb"[\"'](\w+)[\"']")


class Luggage(Frozen, frozen=True, array_like=True):
    """What a file takes along: what keeps it where it is ("": nothing), and the fixtures it may ask for."""

    tied: str
    fixtures: tuple[str, ...]


def luggage(doc: PythonDocument) -> Luggage:
    """What the text of a file says; the file's own top folder counts as a tie wherever it is named."""
    text = doc.text
    if b"__file__" in text:
        text = _STARTS_ITSELF.sub(lambda found: b" " * len(found[0]), text)
    for found, told in _ties(text, doc.source.path.partition("/")[0].encode()):
        if found:
            line = text.count(b"\n", 0, found.start()) + 1
            return Luggage(f"{told} ({found[0].decode('utf-8', 'replace').strip()}, line {line})", ())
    return Luggage("", tuple(sorted(set(_fixtures(text)))))


def _ties(text: bytes, top: bytes) -> Iterator[tuple[re.Match[bytes] | None, str]]:
    """What may tie the file to its place, and in words; whatever costs is done only where it can find."""
    if any(word in text for word in _PLACES):
        yield _PLACED.search(text), "speaks of its place"
    if _FROM_DOT.search(text):
        yield _RELATIVE.search(text), "imports by where it stands"
    yield _OWN_NAME.search(text), "uses its own name"
    yield _spoken_of(top, text), "speaks of where it stands"


def _spoken_of(top: bytes, text: bytes) -> re.Match[bytes] | None:
    """Where a folder is named as a path, a module or a package, looked for by its name."""
    offset = text.find(top)
    while offset >= 0:
        line = text.rfind(b"\n", 0, offset) + 1
        if found := _naming(top).search(text, line, offset + len(top) + 1):
            return found
        offset = text.find(top, offset + 1)
    return None


@lru_cache
def _naming(top: bytes) -> re.Pattern[bytes]:
    own = re.escape(top)
    return re.compile(rb"(?<![\w.])%s(?=[./\"'])|(?:from|import)[ \t]+%s\b" % (own, own))


def _fixtures(text: bytes) -> Iterator[str]:
    for parameters in _PARAMETERS.finditer(text):
        yield from (name[1].decode() for name in _NAME.finditer(parameters[1]))
    for used in _USED.finditer(text):
        yield from (name[1].decode() for name in _QUOTED.finditer(used[1]))
