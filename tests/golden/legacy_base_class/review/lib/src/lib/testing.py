"""Installed elsewhere, this module would not find the repository's base."""

from test_framework.ssot.base_test_case import SSotBaseTestCase


class LibraryCase(SSotBaseTestCase):
    def assertKnown(self, value):
        self.assertIsNotNone(value)
