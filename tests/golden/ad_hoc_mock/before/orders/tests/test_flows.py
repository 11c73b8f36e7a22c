from unittest.mock import Mock

import pytest
from orders.tests.flows import Flow, Quiet


@pytest.mark.e2e
class RealFlow(Flow):
    pass


class TestFlow(RealFlow):
    def test_end(self):
        assert Mock()


class TestQuiet(Quiet):
    def test_end(self):
        assert Mock()
