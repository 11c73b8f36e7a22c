from unittest import TestCase as TC, mock

from test_framework.ssot.base_test_case import SSotBaseTestCase


class ClockTest(SSotBaseTestCase):
    def test_clock(self):
        self.assertTrue(mock.Mock())


class SecondClockTest(SSotBaseTestCase, object):
    def test_clock(self):
        self.assertIsInstance(self, TC)
