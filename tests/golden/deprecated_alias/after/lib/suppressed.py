"""A reason keeps it."""
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.base_test_case import SSotBaseTestCase

KeptCase = deprecated_alias(  # ssot: allow[deprecated-alias] the partners import it
    "KeptCase", SSotBaseTestCase, owner="billing", since="2025-07-01", until="2025-12-31"
)
