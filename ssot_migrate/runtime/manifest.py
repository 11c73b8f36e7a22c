"""The manifest of vendored files: what each was when it came, in the form that ``sha256sum -c`` reads."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from ssot_migrate.errors import UsageError

MANIFEST = "test_framework/ssot/MANIFEST.sha256"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


def digest(data: bytes) -> str:
    """The sha256 of a text in hexadecimal, whatever line ends git gave it when it was checked out."""
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def parse_manifest(data: bytes | None) -> dict[str, str]:
    """The digests by path; empty if there is no manifest.

    Raises:
        UsageError: a line is none of a manifest, as after a merge with conflicts.
    """
    found: dict[str, str] = {}
    for number, line in enumerate((data or b"").decode("utf-8", "replace").splitlines(), 1):
        match = _LINE.fullmatch(line)
        if match is None:
            hint = "restore it from git, or delete it: then files that are not as shipped count as changed"
            raise UsageError(f"{MANIFEST}:{number}: no line of a manifest: {line[:80]!r}", hint=hint)
        found[match[2]] = match[1]
    return found


def render_manifest(digests: Mapping[str, str]) -> bytes:
    """The manifest's text: a line a file, sorted, so that git merges it."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()
