import pytest


@pytest.fixture
def amount():
    return 3
