import unittest as ut

from test_framework.ssot.base_test_case import SSotBaseTestCase

Case = ut.TestCase


class AliasTest(SSotBaseTestCase):
    def test_one(self):
        pass


class LongNameTest(SSotBaseTestCase):
    def test_one(self):
        pass


class SecondNameTest(SSotBaseTestCase):
    def test_one(self):
        pass
