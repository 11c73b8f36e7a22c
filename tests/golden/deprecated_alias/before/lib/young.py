"""Nobody here uses it, but it may still be used elsewhere: for review."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

YoungCase = deprecated_alias(
    "YoungCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2026-06-30",
)
