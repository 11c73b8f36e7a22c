"""Readable ids with a check character: ``tkt_7h2k9m4qx``."""

import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u
PREFIXES = {"ticket": "tkt", "customer": "cus", "invoice": "inv", "session": "ses", "message": "msg"}


class BadId(ValueError):
    pass


def check_character(body):
    total = 0
    for position, letter in enumerate(body, 1):
        total += position * ALPHABET.index(letter)
    return ALPHABET[total % 31]


def new(kind, length=8, choose=secrets.choice):
    body = "".join(choose(ALPHABET) for _ in range(length))
    return "%s_%s%s" % (PREFIXES[kind], body, check_character(body))


def parse(text):
    """``(kind, body)`` of an id; raises ``BadId`` with what is wrong."""
    prefix, separator, rest = text.strip().lower().partition("_")
    if not separator:
        raise BadId("no prefix in %r" % text)
    kinds = [kind for kind, known in PREFIXES.items() if known == prefix]
    if not kinds:
        raise BadId("unknown prefix %r" % prefix)
    rest = rest.replace("o", "0").replace("i", "1").replace("l", "1")
    if any(letter not in ALPHABET for letter in rest) or len(rest) < 2:
        raise BadId("not an id: %r" % text)
    body, check = rest[:-1], rest[-1]
    if check_character(body) != check:
        raise BadId("check character does not fit: %r" % text)
    return kinds[0], body
