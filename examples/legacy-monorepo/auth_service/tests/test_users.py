"""Accounts, login, and the audit trail that it leaves."""
import json
import os
from unittest.mock import ANY, MagicMock, patch

import pytest

from auth_fakes import StubLimiter
from harbor_auth import audit, passwords, tokens
from harbor_auth.users import LoginRefused, TooManyAttempts, UserDirectory

pytestmark = pytest.mark.usefixtures("signing_secret")


class TestLogin:
    def test_token_names_roles(self, directory):
        claims = tokens.verify(directory.login("ada", "correct horse battery"))
        assert (claims["sub"], claims["roles"]) == ("ada", ["agent"])

    @pytest.mark.parametrize("login", ["ADA", " ada ", "Ada"])
    def test_login_is_normalised(self, directory, login):
        assert directory.login(login, "correct horse battery")

    @pytest.mark.parametrize(
        ("login", "password"), [("ada", "wrong"), ("bob", "correct horse battery"), ("", ""), ("ada", "")]
    )
    def test_refused(self, directory, login, password):
        with pytest.raises(LoginRefused):
            directory.login(login, password)

    def test_inactive(self, directory):
        directory.deactivate("ada")
        with pytest.raises(LoginRefused):
            directory.login("ada", "correct horse battery")

    def test_throttled(self):
        users = UserDirectory(limiter=StubLimiter(False))
        users.register("ada", "correct horse battery")
        with pytest.raises(TooManyAttempts):
            users.login("ada", "correct horse battery")
        assert users.audit.entries[-1]["action"] == "throttled"

    def test_success_resets_the_limiter(self):
        limiter = MagicMock()
        limiter.allow.return_value = True
        users = UserDirectory(limiter=limiter)
        users.register("ada", "correct horse battery")
        users.login("ada", "correct horse battery")
        limiter.reset.assert_called_once_with("ada")

    def test_hash_is_renewed(self, directory, monkeypatch):
        before = directory._users["ada"].password_hash
        monkeypatch.setenv("AUTH_PBKDF2_ROUNDS", "1200")
        directory.login("ada", "correct horse battery")
        after = directory._users["ada"].password_hash
        assert before != after and after.startswith("pbkdf2$1200$")

    def test_token_is_made_for_the_user(self, directory):
        with patch("harbor_auth.users.tokens.issue", return_value="t") as issue:
            assert directory.login("ada", "correct horse battery") == "t"
        issue.assert_called_once_with("ada", roles=ANY)


class TestRegister:
    def test_twice(self, directory):
        with pytest.raises(ValueError, match="ada exists"):
            directory.register("Ada", "another password")

    def test_rules_apply(self, directory):
        with pytest.raises(passwords.PasswordRefused):
            directory.register("bob", "bob-12345678")

    def test_default_role(self, directory):
        assert directory.register("bob", "long enough 1").roles == ("member",)


class TestAudit:
    def test_chain(self, directory):
        directory.login("ada", "correct horse battery")
        assert [entry["action"] for entry in directory.audit.entries] == ["registered", "login"]
        assert audit.first_broken(directory.audit.entries) is None

    @pytest.mark.parametrize("field", ["action", "subject", "previous", "hash"])
    def test_tampering_shows(self, field):
        log = audit.AuditLog()
        for name in ("ada", "bob", "eve"):
            log.write("registered", name)
        log.entries[1][field] = "f" * 64
        assert audit.first_broken(log.entries) == 1

    def test_removal_shows(self):
        log = audit.AuditLog()
        for name in ("ada", "bob", "eve"):
            log.write("registered", name)
        del log.entries[1]
        assert audit.first_broken(log.entries) == 1

    def test_file(self, tmp_path):
        os.environ["AUTH_AUDIT_FILE"] = str(tmp_path / "audit.jsonl")
        try:
            audit.AuditLog().write("login", "ada")
        finally:
            del os.environ["AUTH_AUDIT_FILE"]
        audit.AuditLog().write("login", "bob")
        lines = (tmp_path / "audit.jsonl").read_text().splitlines()
        assert [json.loads(line)["subject"] for line in lines] == ["ada"]


if __name__ == "__main__":
    pytest.main([__file__, "-k", "Audit", "--maxfail", "1"])
