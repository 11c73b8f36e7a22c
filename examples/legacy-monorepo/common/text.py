"""Small text helpers, the oldest file of the repository."""
import os
import re
import unicodedata

WIDTH = int(os.environ.get("HARBOR_TEXT_WIDTH", "72"))


# ---------------------------------------------------------------- slugs

def slugify(text):
    """Lower case ASCII words joined by single hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def truncate(text, width=None):
    width = WIDTH if width is None else width
    if len(text) <= width:
        return text
    cut = text[: width - 1]
    if " " in cut.strip() and " " not in (cut[-1], text[width - 1]):
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip() + "\u2026"


# ---------------------------------------------------------------- secrets

def mask(secret, keep=4):
    """All but the last ``keep`` characters as stars; short secrets vanish whole."""
    if len(secret) <= keep * 2:
        return "*" * len(secret)
    return "*" * (len(secret) - keep) + secret[-keep:]


def mask_environment(text):
    """``text`` with the values of all ``*_SECRET``, ``*_KEY`` and ``*_PASSWORD`` variables masked."""
    for name in sorted(os.environ):
        if name.endswith(("_SECRET", "_KEY", "_PASSWORD")) and len(os.environ[name]) >= 6:
            text = text.replace(os.environ[name], mask(os.environ[name]))
    return text


def plural(count, one, many=None):
    return "%d %s" % (count, one if count == 1 else many or one + "s")