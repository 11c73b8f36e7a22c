from common.patched import TestCase


class TestWords(TestCase):
    def test_spaces(self):
        self.assertSameWords("a  b", "a b")
