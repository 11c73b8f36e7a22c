import os

import pytest

from common import feature_flags


@pytest.fixture
def no_flags():
    """No feature flag at the start of the test, and those of before at its end."""
    saved = {key: value for key, value in os.environ.items() if key.startswith(feature_flags.PREFIX)}
    feature_flags.clear()
    yield
    feature_flags.clear()
    os.environ.update(saved)
