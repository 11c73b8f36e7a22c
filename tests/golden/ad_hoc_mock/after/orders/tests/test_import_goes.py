from orders import app
from test_framework.ssot.mock_factory import get_mock_factory


def test_gateway():
    assert app.gateway(get_mock_factory().create_mock()) is not None
