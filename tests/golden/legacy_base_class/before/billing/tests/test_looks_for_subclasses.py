"""A test that looks for the classes that stand on unittest's own base."""

import unittest


class SubclassesCase(unittest.TestCase):
    def test_it_is_one(self):
        self.assertIn(SubclassesCase, unittest.TestCase.__subclasses__())
