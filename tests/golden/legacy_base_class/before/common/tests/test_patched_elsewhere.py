"""What the module does is done all the same, for another import loads it."""

import common.patched
from common.patched import TestCase


class TestMoreWords(TestCase):
    def test_spaces(self):
        assert common.patched.same_words
        self.assertSameWords("a  b", "a b")
