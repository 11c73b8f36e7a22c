"""Cursors for list endpoints."""
from common.legacy_settings import *  # noqa: F401,F403


def page_size(requested=None):
    """The page size to use: what was asked for, within limits."""
    if requested is None:
        return int(environ.get("HARBOR_PAGE_SIZE", DEFAULT_PAGE_SIZE))  # noqa: F405
    return max(1, min(int(requested), MAX_PAGE_SIZE))  # noqa: F405


def pages(items, size):
    for start in range(0, len(items), size):
        yield items[start:start + size]


def cursor_secret():
    return getenv("HARBOR_CURSOR_SECRET", "not-secret")  # noqa: F405
