from common.cases import CommonCase
from shipping.tests.base import ShippingTestCase


class PriceTest(ShippingTestCase):
    def test_cents(self):
        self.assertCents(1.001, 1.0)


class CommonTest(CommonCase):
    def test_common(self):
        self.assertReady()
