"""Settings of billing; ``env`` is the process environment, under the short name that all of billing uses."""
import os

env = os.environ

CURRENCY = env.get("BILLING_CURRENCY", "EUR")


class Gateway:
    """Where payments go."""

    env = os.environ

    @classmethod
    def url(cls):
        return cls.env.get("BILLING_GATEWAY_URL", "http://localhost:9500")

    @classmethod
    def key(cls):
        return cls.env["BILLING_GATEWAY_KEY"]


def grace_days():
    return int(env.get("BILLING_GRACE_DAYS", "14"))


def invoice_prefix():
    if (prefix := env.get("BILLING_INVOICE_PREFIX")) is not None:
        return prefix
    return "INV"


def currency():
    """The currency now, as against ``CURRENCY``, the one at start."""
    return env.get("BILLING_CURRENCY") or CURRENCY


def set_for_process(**values):
    """For the admin shell."""
    for name, value in values.items():
        env["BILLING_" + name.upper()] = str(value)
