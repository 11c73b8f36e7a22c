from unittest.mock import Mock


def test_allowed():
    assert Mock()  # ssot: allow[ad-hoc-mock] the factory is the subject of this test
