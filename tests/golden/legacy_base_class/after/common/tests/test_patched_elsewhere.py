"""What the module does is done all the same, for another import loads it."""

import common.patched
from test_framework.ssot.base_test_case import SSotBaseTestCase


class TestMoreWords(SSotBaseTestCase):
    def test_spaces(self):
        assert common.patched.same_words
        self.assertSameWords("a  b", "a b")
