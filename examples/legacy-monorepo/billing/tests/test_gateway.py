"""The payment gateway, with its HTTP client mocked: see tests/integration for the real thing."""
import json
import os
from unittest import mock
from unittest.mock import Mock, create_autospec, patch, sentinel

import pytest

from billing.gateway import GatewayDown, PaymentDeclined, PaymentGateway, read_webhook, signature
from billing.tests.base import BillingTestCase
from common.http_client import HttpError
from common.money import Money


class FakePaymentGateway:
    """Takes every payment and remembers it by reference."""

    def __init__(self):
        self.charges = {}
        self.refunds = []

    def charge(self, customer, amount, reference):
        self.charges.setdefault(reference, (customer, amount))
        return "pay_" + reference

    def refund(self, payment, amount=None):
        self.refunds.append((payment, amount))
        return "ref_" + payment


class StubTaxProvider:
    """The same rate everywhere."""

    def __init__(self, percent=10):
        self.percent = percent

    def rate(self, country, zone="", vat_id=""):
        return self.percent


class DummyMetrics:
    """Counts what would have gone to the metrics server."""

    def __init__(self):
        self.counters = {}
        self.timings = {}

    def incr(self, name, by=1):
        self.counters[name] = self.counters.get(name, 0) + by

    def timing(self, name, seconds):
        self.timings.setdefault(name, []).append(seconds)


@patch("billing.gateway.http_client.request_json")
class GatewayTest(BillingTestCase):
    def setUp(self):
        super().setUp()
        os.environ["BILLING_GATEWAY_URL"] = "http://gateway.test"
        os.environ["BILLING_GATEWAY_KEY"] = "gateway-key"
        self.sleep = Mock()
        self.gateway = PaymentGateway(sleep=self.sleep)

    def test_charge(self, request):
        request.return_value = {"id": "pay_1"}
        self.assertEqual(self.gateway.charge("cus_1", self.eur("5"), "INV-1"), "pay_1")
        request.assert_called_once_with(
            "POST",
            "http://gateway.test/charges",
            {"customer": "cus_1", "amount": 500, "currency": "EUR", "reference": "INV-1"},
            {"Authorization": "Bearer gateway-key"},
        )

    def test_declined_is_not_tried_again(self, request):
        request.side_effect = HttpError(402, json.dumps({"reason": "card expired"}))
        with self.assertRaisesRegex(PaymentDeclined, "card expired"):
            self.gateway.charge("cus_1", self.eur("5"), "INV-1")
        self.sleep.assert_not_called()

    def test_errors_are_tried_again(self, request):
        request.side_effect = [HttpError(503, ""), ConnectionResetError(), {"id": "pay_2"}]
        self.assertEqual(self.gateway.charge("cus_1", self.eur("5"), "INV-1"), "pay_2")
        self.assertEqual(self.sleep.call_count, 2)

    def test_gives_up(self, request):
        self.set_env("HARBOR_RETRY_ATTEMPTS", 2)
        request.side_effect = HttpError(500, "oops")
        with self.assertRaises(GatewayDown):
            self.gateway.charge("cus_1", self.eur("5"), "INV-1")
        self.assertEqual(request.call_count, 2)

    def test_key_is_required(self, request):
        del os.environ["BILLING_GATEWAY_KEY"]
        self.assertRaises(KeyError, self.gateway.charge, "cus_1", self.eur("5"), "INV-1")

    def test_refund(self, request):
        request.return_value = {"id": sentinel.refund}
        self.assertIs(self.gateway.refund("pay_1"), sentinel.refund)
        self.assertEqual(request.call_args, mock.call("POST", "http://gateway.test/charges/pay_1/refund", {}))


@mock.patch.dict(os.environ, {"BILLING_WEBHOOK_SECRET": "whsec-1"})
class TestWebhooks:
    PAYLOAD = b'{"type": "charge.paid"}'

    def test_signed(self):
        assert read_webhook(self.PAYLOAD, signature(self.PAYLOAD)) == {"type": "charge.paid"}

    def test_wrong_signature(self):
        with pytest.raises(PermissionError):
            read_webhook(self.PAYLOAD, "0" * 64)

    def test_secret_changed_meanwhile(self):
        given = signature(self.PAYLOAD)
        os.environ["BILLING_WEBHOOK_SECRET"] = "whsec-2"
        with pytest.raises(PermissionError):
            read_webhook(self.PAYLOAD, given)

    def test_no_secret(self):
        os.environ.pop("BILLING_WEBHOOK_SECRET")
        with pytest.raises(RuntimeError, match="not set"):
            signature(self.PAYLOAD)


def test_fake_is_idempotent():
    gateway = FakePaymentGateway()
    first = gateway.charge("cus_1", Money(5), "INV-1")
    assert gateway.charge("cus_1", Money(500), "INV-1") == first
    assert gateway.charges == {"INV-1": ("cus_1", Money(5))}


def test_fake_has_the_interface_of_the_real_one():
    gateway = create_autospec(PaymentGateway, instance=True)
    for name in ("charge", "refund"):
        assert callable(getattr(gateway, name)) and hasattr(FakePaymentGateway, name)


def test_stub_and_metrics():
    metrics = DummyMetrics()
    for country in ("NL", "US"):
        metrics.incr(country, StubTaxProvider().rate(country))
    assert metrics.counters == {"NL": 10, "US": 10}


if __name__ == "__main__":
    # only what needs no network
    pytest.main([__file__, "-m", "not integration", "-rs"])
