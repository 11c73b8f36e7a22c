"""A star import names no names: whoever has one and speaks of it uses it."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

StarredCase = deprecated_alias(
    "StarredCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)
