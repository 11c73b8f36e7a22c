"""The gateway client against a real HTTP server that behaves like the provider's sandbox."""
import json
import os
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from billing.gateway import GatewayDown, PaymentDeclined, PaymentGateway
from common.money import Money


class Sandbox(BaseHTTPRequestHandler):
    """Amounts decide: 402 cents are declined, 500 fail, 503 fail once."""

    failed = set()

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        amount = body.get("amount", 0)
        if self.headers.get("Authorization") != "Bearer sandbox-key" and self.path == "/charges":
            self.answer(401, {"reason": "bad key"})
        elif amount == 402:
            self.answer(402, {"reason": "insufficient funds"})
        elif amount == 500 or (amount == 503 and body["reference"] not in self.failed):
            self.failed.add(body["reference"])
            self.answer(amount, {})
        else:
            self.answer(200, {"id": "pay_%s" % body.get("reference", "refund")})

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args):
        pass


@pytest.mark.integration
class GatewayOverHttp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = ThreadingHTTPServer(("127.0.0.1", 0), Sandbox)
        cls.thread = threading.Thread(target=cls.server.serve_forever, kwargs={"poll_interval": 0.02})
        cls.thread.start()

    @classmethod
    def tearDownClass(cls):
        cls.server.shutdown()
        cls.thread.join()
        cls.server.server_close()

    def setUp(self):
        self._old = {name: os.environ.get(name) for name in ("BILLING_GATEWAY_URL", "BILLING_GATEWAY_KEY", "HARBOR_RETRY_BASE")}
        os.environ["BILLING_GATEWAY_URL"] = "http://127.0.0.1:%d" % self.server.server_address[1]
        os.environ["BILLING_GATEWAY_KEY"] = "sandbox-key"
        os.environ["HARBOR_RETRY_BASE"] = "1ms"
        Sandbox.failed.clear()

    def tearDown(self):
        for name, value in self._old.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    def test_paid(self):
        self.assertEqual(PaymentGateway().charge("cus_1", Money(1000), "INV-1"), "pay_INV-1")

    def test_declined(self):
        with self.assertRaisesRegex(PaymentDeclined, "insufficient funds"):
            PaymentGateway().charge("cus_1", Money(402), "INV-2")

    def test_second_try_works(self):
        self.assertEqual(PaymentGateway().charge("cus_1", Money(503), "INV-3"), "pay_INV-3")

    def test_down(self):
        with self.assertRaises(GatewayDown):
            PaymentGateway().charge("cus_1", Money(500), "INV-4")

    def test_wrong_key(self):
        os.environ["BILLING_GATEWAY_KEY"] = "stolen"
        with self.assertRaises(GatewayDown):
            PaymentGateway().charge("cus_1", Money(1000), "INV-5")
