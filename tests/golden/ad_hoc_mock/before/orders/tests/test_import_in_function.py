"""The new import stands where the old one stood."""


def test_late():
    from unittest.mock import Mock

    assert Mock().anything


def test_later():
    from unittest.mock import MagicMock, patch

    with patch("orders.app.gateway"):
        assert len(MagicMock()) == 0
