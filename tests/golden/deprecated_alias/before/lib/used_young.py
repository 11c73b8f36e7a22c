"""Used, and in time: nothing to say."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

CurrentCase = deprecated_alias(
    "CurrentCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2026-06-30",
)
