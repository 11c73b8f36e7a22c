"""Password hashes: ``pbkdf2$<rounds>$<salt>$<hash>``, all parts in hex but the rounds."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from harbor_auth import auth_config


class PasswordRefused(ValueError):
    """The password breaks a rule; the message says which."""


COMMON = frozenset({"password", "harborline", "12345678", "qwertyuiop", "letmein123"})


def check_rules(password: str, login: str = "") -> None:
    if len(password) < 8:
        raise PasswordRefused("shorter than 8 characters")
    if password.lower() in COMMON:
        raise PasswordRefused("too common")
    if login and login.lower() in password.lower():
        raise PasswordRefused("contains the login")
    if len(set(password)) < 4:
        raise PasswordRefused("too few different characters")


def hash_password(password: str) -> str:
    rounds = auth_config.pbkdf2_rounds()
    salt = secrets.token_bytes(16)
    return f"pbkdf2${rounds}${salt.hex()}${_digest(password, salt, rounds)}"


def verify(password: str, stored: str) -> bool:
    """Whether ``password`` gives ``stored``; anything unreadable is a no."""
    try:
        scheme, rounds, salt, digest = stored.split("$")
        if scheme != "pbkdf2":
            return False
        return hmac.compare_digest(_digest(password, bytes.fromhex(salt), int(rounds)), digest)
    except ValueError:
        return False


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with fewer rounds than are asked for today."""
    return int(stored.split("$")[1]) < auth_config.pbkdf2_rounds()


def _digest(password: str, salt: bytes, rounds: int) -> str:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, rounds).hex()
