from unittest import TestCase as TC, mock


class ClockTest(TC):
    def test_clock(self):
        self.assertTrue(mock.Mock())


class SecondClockTest(TC, object):
    def test_clock(self):
        self.assertIsInstance(self, TC)
