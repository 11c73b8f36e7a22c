import sys
import unittest


class TestOuter:
    class TestInner(unittest.TestCase):
        def test_inner(self):
            pass


if sys.platform != "win32":

    class PosixTest(unittest.TestCase):
        def test_posix(self):
            pass
