"""Exchange rates from variables such as ``RATE_USD=1.08``, until the rates service is there."""
import os
from decimal import Decimal

environ = os.environ


def use(mapping):
    """Take the rates from ``mapping`` instead; ``None`` goes back to the process."""
    global environ
    environ = os.environ if mapping is None else mapping


def rate(currency):
    if currency == "EUR":
        return Decimal(1)
    return Decimal(environ["RATE_" + currency])


def known():
    return sorted(name[5:] for name in environ if name.startswith("RATE_"))


def convert(minor, source, target):
    return int((Decimal(minor) / rate(source) * rate(target)).quantize(Decimal(1)))
