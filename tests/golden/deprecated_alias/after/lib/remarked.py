"""A comment speaks of it: nobody else may take that away."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

# the mobile team asked for this name
RemarkedCase = deprecated_alias(
    "RemarkedCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)
