from lib.testing import LibraryCase


class LibraryTest(LibraryCase):
    def test_known(self):
        self.assertKnown(1)
