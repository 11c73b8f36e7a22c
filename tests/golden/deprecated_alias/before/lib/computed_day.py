"""Its day cannot be read."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

DAY = "2025-12-31"
ComputedCase = deprecated_alias("ComputedCase", SSotBaseTestCase, owner="billing", since="2025-07-01", until=DAY)
