"""The new import stands where the old one stood."""


def test_late():
    from test_framework.ssot.mock_factory import get_mock_factory

    assert get_mock_factory().create_mock().anything


def test_later():
    from unittest.mock import patch
    from test_framework.ssot.mock_factory import get_mock_factory

    with patch("orders.app.gateway"):
        assert len(get_mock_factory().create_magic_mock()) == 0
