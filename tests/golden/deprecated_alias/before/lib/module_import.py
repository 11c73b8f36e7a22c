"""The maker through its module."""
from test_framework.ssot import aliases
from test_framework.ssot.base_test_case import SSotBaseTestCase

ThroughModuleCase = aliases.deprecated_alias(
    "ThroughModuleCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)
