import pytest

from test_framework.ssot.mock_factory import get_mock_factory


@pytest.fixture
def broker():
    return get_mock_factory().create_mock(name="broker")
