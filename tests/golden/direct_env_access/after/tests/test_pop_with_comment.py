from test_framework.ssot.base_test_case import SSotBaseTestCase


class TestOne(SSotBaseTestCase):
    def test_pop(self):
        self.get_env()["A"] = "1"
        self.get_env().pop(  # whatever it was
            "A", None
        )
        self.assertIsNone(self.get_env_var("A"))
