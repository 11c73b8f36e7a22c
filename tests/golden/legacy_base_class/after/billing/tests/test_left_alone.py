"""Values, types, strings and plain pytest classes: "class A(unittest.TestCase)" is text here."""

import unittest


class TestPlain:
    def test_plain(self, tmp_path):
        assert tmp_path


def is_case(thing: unittest.TestCase) -> bool:
    return isinstance(thing, unittest.TestCase)


# unittest.TestCase in a comment
checks = unittest.TestCase()
SOURCE = """
class Inside(unittest.TestCase):
    pass
"""
