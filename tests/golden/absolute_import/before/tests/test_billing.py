from billing.app.models import LIMIT


def test_limit():
    assert LIMIT == 3
