import os

from test_framework.ssot.base_test_case import SSotBaseTestCase


class TestOne(SSotBaseTestCase):
    def test_pop(self):
        os.environ["A"] = "1"
        os.environ.pop(  # whatever it was
            "A", None
        )
        self.assertIsNone(os.environ.get("A"))
