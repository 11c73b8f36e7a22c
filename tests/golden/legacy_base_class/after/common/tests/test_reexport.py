from test_framework.ssot.base_test_case import SSotBaseTestCase


class ReexportTest(SSotBaseTestCase):
    def test_one(self):
        pass
