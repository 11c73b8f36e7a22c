"""Nobody uses it, and its day has passed."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

UnusedCase = deprecated_alias(
    "UnusedCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)
