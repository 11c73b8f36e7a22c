"""Named in the text of a patch, and in a workflow."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

PatchedCase = deprecated_alias(
    "PatchedCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)


PluginCase = deprecated_alias(
    "PluginCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)
