"""What fakes a service for all end-to-end tests."""

import fakeredis
import pytest


@pytest.fixture
def redis():
    return fakeredis.FakeRedis()
