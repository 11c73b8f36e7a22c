from common.patched import TestCase
from test_framework.ssot.base_test_case import SSotBaseTestCase


class TestWords(SSotBaseTestCase):
    def test_spaces(self):
        self.assertSameWords("a  b", "a b")
