"""A base that adds nothing."""

from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

BaseTestCase = deprecated_alias(
    "BaseTestCase",
    SSotBaseTestCase,
    owner="billing",
    since="2026-01-01",
    until="2026-06-30",
)
