"""An older copy of the base, which other tests still import."""

from billing.tests.base import BillingTestCase
from test_framework.ssot.aliases import deprecated_alias

OldBillingCase = deprecated_alias(
    "OldBillingCase",
    BillingTestCase,
    owner="billing",
    since="2026-01-01",
    until="2026-06-30",
)
