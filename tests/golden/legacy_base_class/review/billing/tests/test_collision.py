from test_framework.ssot.base_test_case import SSotBaseTestCase


class ShopTest(SSotBaseTestCase):
    def get_env(self):
        return "test"

    def test_env(self):
        self.assertEqual("test", self.get_env())
