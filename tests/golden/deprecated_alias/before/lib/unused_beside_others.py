"""What else stands here stays, with the imports that it needs."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

GoneCase = deprecated_alias(
    "GoneCase",
    SSotBaseTestCase,
    owner="billing",
    since="2025-07-01",
    until="2025-12-31",
)


class Kept(SSotBaseTestCase):
    pass
