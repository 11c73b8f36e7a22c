from unittest.mock import Mock

import pytest


@pytest.fixture
def broker():
    return Mock(name="broker")
