"""Base case of notifications."""

import unittest


class BaseTestCase(unittest.TestCase):
    """TestCase with the assertions that we keep needing."""

    maxDiff = None
    longMessage = True

    def assertRaisesExactly(self, kind, function, *args, **kwargs):
        """``kind`` itself is raised, and none of its subclasses."""
        with self.assertRaises(kind) as caught:
            function(*args, **kwargs)
        self.assertIs(type(caught.exception), kind)

    def assertStartsWith_(self, text, prefix):
        self.assertEqual(text[: len(prefix)], prefix)
