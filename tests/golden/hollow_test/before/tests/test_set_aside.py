"""Classes whose tests are skipped or expected to fail, and one whose tests run."""

import unittest

import pytest


@pytest.mark.skip(reason="not written yet")
@pytest.mark.slow
class TestSkipped:
    def test_empty(self):
        pass


@unittest.skip("not written yet")
class TestSkippedByUnittest(unittest.TestCase):
    def test_empty(self):
        pass


class TestMarkedInside:
    pytestmark = [pytest.mark.slow, pytest.mark.xfail]

    def test_empty(self):
        pass


@pytest.mark.slow
class TestRuns:
    def test_empty(self):
        pass


@pytest.mark.skipif(True, reason="needs the shop's own network")
class TestSkippedByAConstant:
    def test_empty(self):
        pass


@pytest.mark.skipif("sys.platform == 'win32'")
class TestSkippedOnOneMachine:
    def test_empty(self):
        pass


@unittest.skipUnless(False, "never")
def test_never():
    pass
