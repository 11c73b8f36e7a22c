import json

from test_framework.ssot.base_test_case import SSotBaseTestCase

LIMIT = 3


class LimitTest(SSotBaseTestCase):
    def test_limit(self):
        self.assertEqual(json.loads("3"), LIMIT)
