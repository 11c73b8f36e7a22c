"""The payment gateway, over HTTP."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from billing.settings import Gateway, env
from common import http_client, retry
from common.money import Money


class PaymentDeclined(Exception):
    """The bank said no; trying again is no use."""


class GatewayDown(Exception):
    """No answer after all attempts."""


class PaymentGateway:
    def __init__(self, sleep=None):
        self.sleep = sleep or __import__("time").sleep

    def charge(self, customer: str, amount: Money, reference: str) -> str:
        """Charge and return the payment's id; the reference makes a second try harmless."""
        body = {"customer": customer, "amount": amount.minor, "currency": amount.currency, "reference": reference}

        def attempt() -> Any:
            try:
                return http_client.request_json(
                    "POST", Gateway.url() + "/charges", body, {"Authorization": "Bearer " + Gateway.key()}
                )
            except http_client.HttpError as error:
                if error.status == 402:
                    raise PaymentDeclined(json.loads(error.body).get("reason", "declined")) from error
                raise ConnectionError(str(error)) from error

        try:
            return retry.call(attempt, sleep=self.sleep)["id"]
        except retry.GaveUp as error:
            raise GatewayDown(reference) from error

    def refund(self, payment: str, amount: Money | None = None) -> str:
        body = {} if amount is None else {"amount": amount.minor}
        return http_client.request_json("POST", f"{Gateway.url()}/charges/{payment}/refund", body)["id"]


def signature(payload: bytes) -> str:
    secret = env.get("BILLING_WEBHOOK_SECRET", "")
    if not secret:
        raise RuntimeError("BILLING_WEBHOOK_SECRET is not set")
    return hmac.new(secret.encode(), payload, hashlib.sha256).hexdigest()


def read_webhook(payload: bytes, given: str) -> dict[str, Any]:
    """The event in a webhook's body, if the gateway signed it."""
    if not hmac.compare_digest(signature(payload), given):
        raise PermissionError("signature does not fit")
    return json.loads(payload)
