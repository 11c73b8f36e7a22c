from unittest.mock import Mock

import pytest
from orders.tests.flows import Flow, Quiet
from test_framework.ssot.mock_factory import get_mock_factory


@pytest.mark.e2e
class RealFlow(Flow):
    pass


class TestFlow(RealFlow):
    def test_end(self):
        assert Mock()


class TestQuiet(Quiet):
    def test_end(self):
        assert get_mock_factory().create_mock()
