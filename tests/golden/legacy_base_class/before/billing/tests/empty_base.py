"""A base that adds nothing."""

import unittest


class BaseTestCase(unittest.TestCase):
    """All tests derive from this."""
