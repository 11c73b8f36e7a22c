"""Used through a package that hands it on under another name."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

HandedOnCase = deprecated_alias(
    "HandedOnCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)
