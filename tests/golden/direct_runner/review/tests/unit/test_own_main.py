import sys

from tests import helpers


def test_answer():
    assert helpers.ANSWER == 42


def main():
    """The name of the runner's function is taken here."""
    from tests.unified_test_runner import main as ssot_main
    return ssot_main(["--", __file__] + sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
