import unittest as ut
import unittest.case

Case = ut.TestCase


class AliasTest(ut.TestCase):
    def test_one(self):
        pass


class LongNameTest(unittest.case.TestCase):
    def test_one(self):
        pass


class SecondNameTest(Case):
    def test_one(self):
        pass
