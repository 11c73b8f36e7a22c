from unittest.mock import Mock

from orders import app


def test_gateway():
    assert app.gateway(Mock()) is not None
