"""CRLF stays CRLF."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

WindowsCase = deprecated_alias(
    "WindowsCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)

VALUE = 1
