"""Passwords: rules, hashes, and hashes that grow stronger."""
import os
from unittest import mock

import pytest

from harbor_auth import passwords


@pytest.mark.parametrize(
    ("password", "login", "message"),
    [
        ("short", "", "shorter"),
        ("PassWord", "", "common"),
        ("letmein123", "", "common"),
        ("xx-ada-lovelace", "ada", "login"),
        ("abababab", "", "different"),
    ],
)
def test_refused(password, login, message):
    with pytest.raises(passwords.PasswordRefused, match=message):
        passwords.check_rules(password, login)


@pytest.mark.parametrize("password", ["correct horse battery", "ümläute sind gut", "a1b2c3d4"])
def test_accepted(password):
    assert passwords.check_rules(password, "ada") is None


@pytest.fixture(scope="class")
def few_rounds():
    with mock.patch.dict(os.environ, {"AUTH_PBKDF2_ROUNDS": "500"}):
        yield


@pytest.mark.usefixtures("few_rounds")
class TestHashes:
    def test_round_trip(self):
        stored = passwords.hash_password("correct horse")
        assert stored.startswith("pbkdf2$500$")
        assert passwords.verify("correct horse", stored)
        assert not passwords.verify("Correct horse", stored)

    def test_salt_differs(self):
        assert passwords.hash_password("same") != passwords.hash_password("same")

    @pytest.mark.parametrize("stored", ["", "x", "md5$1$aa$bb", "pbkdf2$x$aa$bb", "pbkdf2$1$zz$bb", "a$b$c$d$e"])
    def test_unreadable_is_no(self, stored):
        assert passwords.verify("anything", stored) is False

    def test_needs_rehash_when_rounds_go_up(self, monkeypatch):
        stored = passwords.hash_password("correct horse")
        assert not passwords.needs_rehash(stored)
        monkeypatch.setenv("AUTH_PBKDF2_ROUNDS", "501")
        assert passwords.needs_rehash(stored)

    def test_old_hash_still_verifies(self, monkeypatch):
        stored = passwords.hash_password("correct horse")
        monkeypatch.setenv("AUTH_PBKDF2_ROUNDS", "900")
        assert passwords.verify("correct horse", stored)
