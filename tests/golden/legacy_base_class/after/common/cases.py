"""A base that several services use: its change goes into the foundation branch."""

from test_framework.ssot.base_test_case import SSotBaseTestCase


class CommonCase(SSotBaseTestCase):
    def assertReady(self):
        self.assertTrue(True)
