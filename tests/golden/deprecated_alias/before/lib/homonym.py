"""A class of the same name elsewhere is no use of this one."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

SameNameCase = deprecated_alias(
    "SameNameCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)
