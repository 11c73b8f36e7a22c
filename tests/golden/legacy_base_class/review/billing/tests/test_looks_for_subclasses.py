"""A test that looks for the classes that stand on unittest's own base."""

import unittest

from test_framework.ssot.base_test_case import SSotBaseTestCase


class SubclassesCase(SSotBaseTestCase):
    def test_it_is_one(self):
        self.assertIn(SubclassesCase, unittest.TestCase.__subclasses__())
