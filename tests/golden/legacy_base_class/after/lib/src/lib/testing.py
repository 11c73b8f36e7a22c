"""Installed elsewhere, this module would not find the repository's base."""

import unittest


class LibraryCase(unittest.TestCase):
    def assertKnown(self, value):
        self.assertIsNotNone(value)
