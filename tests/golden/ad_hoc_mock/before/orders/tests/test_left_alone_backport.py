import mock


def test_backport():
    assert mock.Mock()
