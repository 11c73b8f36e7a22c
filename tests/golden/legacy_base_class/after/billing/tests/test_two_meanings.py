try:
    import unittest2 as unittest
except ImportError:
    import unittest


class EitherTest(unittest.TestCase):
    def test_either(self):
        pass
