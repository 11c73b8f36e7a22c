def test_first():
    assert 1 + 1 == 2


def test_second():
    assert 2 + 2 == 4
