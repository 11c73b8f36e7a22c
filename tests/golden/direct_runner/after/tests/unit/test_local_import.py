from tests import helpers


def test_answer():
    assert helpers.ANSWER == 42


def demo():
    import pytest

    return pytest.main([__file__ + "::test_answer"]) == 0


if __name__ == "__main__":
    import pytest
    from tests.unified_test_runner import main

    main([__file__])
