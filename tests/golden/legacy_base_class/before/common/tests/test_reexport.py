from common.compat import TestCase


class ReexportTest(TestCase):
    def test_one(self):
        pass
