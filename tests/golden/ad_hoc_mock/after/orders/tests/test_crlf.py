from test_framework.ssot.mock_factory import get_mock_factory


def test_lines_end_as_they_did():
    assert get_mock_factory().create_mock(  # two
        a=1,
    ).a
