"""Under a condition: pointed out."""
import sys

from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

if sys.version_info >= (3, 11):
    ConditionalCase = deprecated_alias(
        "ConditionalCase",
        SSotBaseTestCase,
        owner="billing",
        since="2025-07-01",
        until="2025-12-31",
    )
