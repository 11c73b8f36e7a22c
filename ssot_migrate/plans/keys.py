"""The readable keys of findings: what ``Finding.fingerprint`` is made of, found again from the text."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import msgspec

from ssot_migrate.edits import Span
from ssot_migrate.findings import Finding, Key

_LONGEST = 120
_KEPT = 100


def snippet(span: Span, data: bytes) -> str:
    """The text at ``span`` on one line; a long one is cut, with a digest of all of it at its end."""
    text = " ".join(span.slice(data).decode("utf-8", "replace").split())
    if len(text) <= _LONGEST:
        return text
    digest = hashlib.sha256(text.encode()).hexdigest()
    return f"{text[:_KEPT]}... {digest[:8]}"


def next_key(seen: Counter[Key], key: Key) -> Key:
    """``key`` with its ordinal, counted in ``seen``."""
    seen[key] += 1
    return msgspec.structs.replace(key, ordinal=seen[key])


def keys(findings: Iterable[Finding], read: Callable[[str], bytes | None]) -> Iterator[tuple[Finding, Key]]:
    """Each finding with its key; ``read`` gives the bytes of a path as the plan saw them, None if it cannot.

    A finding whose text is not there any more (nor ever was, in a file that is not UTF-8) is left out.
    """
    texts: dict[str, bytes] = {}
    seen: Counter[Key] = Counter()
    for finding in findings:
        if finding.path not in texts:
            texts[finding.path] = read(finding.path) or b""
        for text in (snippet(finding.span, texts[finding.path]), ""):
            bare = Key(finding.rule, finding.path, finding.scope, finding.kind, text)
            key = msgspec.structs.replace(bare, ordinal=seen[bare] + 1)
            if key.fingerprint == finding.fingerprint:
                seen[bare] += 1
                yield finding, key
                break
