import os
from unittest import mock

import pytest

from harbor_auth import permissions


@pytest.mark.parametrize(
    ("roles", "wanted", "answer"),
    [
        (["member"], "ticket.read", True),
        (["member"], "ticket.write", False),
        (["agent"], "ticket.write", True),
        (["agent"], "invoice.read", False),
        (["agent", "accountant"], "invoice.read", True),
        (["admin"], "anything.at-all", True),
        ([], "ticket.read", False),
    ],
)
def test_builtin_roles(roles, wanted, answer):
    assert permissions.allows(permissions.permissions_of(*roles), wanted) is answer


def test_unknown_role():
    with pytest.raises(permissions.UnknownRole):
        permissions.permissions_of("pirate")


@mock.patch.dict(os.environ, {"AUTH_ROLE_AUDITOR": "audit.read invoice.read", "AUTH_ROLE_MEMBER": "ticket.read"})
class TestRolesOfTheInstallation:
    def test_new_role(self):
        assert permissions.permissions_of("auditor") == {"audit.read", "invoice.read"}

    def test_redefined_role(self):
        assert permissions.permissions_of("member") == {"ticket.read"}

    def test_taken_back(self):
        del os.environ["AUTH_ROLE_MEMBER"]
        assert "ticket.reply" in permissions.permissions_of("member")

    @pytest.mark.parametrize("name", ["AUTH_ROLE_X", "AUTH_ROLE_A_B"])
    def test_names(self, name):
        os.environ[name] = "a.b"
        assert name[10:].lower() in permissions.extra_roles()


def test_nothing_left_behind():
    assert not [name for name in os.environ if name.startswith("AUTH_ROLE_")]