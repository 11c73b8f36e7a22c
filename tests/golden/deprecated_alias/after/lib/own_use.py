"""Its own file goes on using it."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

OwnCase = deprecated_alias(
    "OwnCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)


CASES = {"old": OwnCase}
