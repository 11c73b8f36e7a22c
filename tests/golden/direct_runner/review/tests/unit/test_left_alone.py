"""Runs that no edit can be right for."""
import asyncio
import sys

import pytest

from tests import helpers


class Plugin:
    pass


def test_pytest_itself():
    assert pytest.main(["--collect-only", "tests/unit/test_small.py"]) == 0


def run(args):
    pytest.main(args)


if __name__ == "__main__":
    from tests.unified_test_runner import main
    pytest.main([__file__], plugins=[Plugin()])
    pytest.main("-v " + __file__)
    pytest.main(["--version"])
    asyncio.run(main([__file__]))
if helpers.ANSWER == 0: pytest.main()
