"""Used as an attribute of its module."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

AttributeCase = deprecated_alias(
    "AttributeCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)
