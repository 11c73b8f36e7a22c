"""Parts of pages, as they lie in the package, and what a page may load and run."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from pathlib import Path

_ASSETS = Path(__file__).parent / "assets"


@cache
def asset(name: str) -> str:
    """The text of one of the page's parts."""
    return (_ASSETS / name).read_text("utf-8")


def policy(style: str, script: str, *, served: bool) -> str:
    """What a page may load and run: its own style and script, and, if it is served, its server."""

    def source(text: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    connect = "'self'" if served else "'none'"
    parts = ("default-src 'none'", f"style-src {source(style)}", f"script-src {source(script)}")
    return "; ".join((*parts, f"connect-src {connect}", "base-uri 'none'", "form-action 'none'"))
