"""Billing's fixtures."""
import os

import pytest

from billing import legacy_rates


@pytest.fixture(autouse=True)
def same_environment_after():
    """Whatever a test does to the environment, the next one does not see it."""
    saved = os.environ.copy()
    os.environ["BILLING_CURRENCY"] = "EUR"
    yield
    for name in set(os.environ) - set(saved) - {"PYTEST_CURRENT_TEST"}:
        del os.environ[name]
    os.environ.update(saved)


@pytest.fixture
def rates():
    legacy_rates.use({"RATE_USD": "1.25", "RATE_GBP": "0.80"})
    yield legacy_rates
    legacy_rates.use(None)
