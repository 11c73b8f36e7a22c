from unittest.mock import Mock


def test_lines_end_as_they_did():
    assert Mock(  # two
        a=1,
    ).a
