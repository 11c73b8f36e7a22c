"""Value added tax and sales tax."""
from __future__ import annotations

import os
from decimal import Decimal

from billing.generated.tax_table import RATES
from common.money import Money

VAT = {"NL": 21, "DE": 19, "FR": 20, "IE": 23, "LU": 17}


class TaxError(ValueError):
    pass


def home_country():
    return os.environ.get("BILLING_HOME_COUNTRY", "NL")


def rate(country: str, zone: str = "", vat_id: str = "") -> Decimal:
    """The rate in percent; business customers in other EU countries pay none (reverse charge)."""
    override = os.getenv("BILLING_TAX_OVERRIDE")  # ssot: allow[direct-env-access] auditors set it by hand
    if override:
        return Decimal(override)
    if country == "US":
        try:
            return Decimal(RATES[zone]) / 1000
        except KeyError:
            raise TaxError(f"no rate for zone {zone!r}") from None
    if country not in VAT:
        return Decimal(0)
    if vat_id and country != home_country():
        return Decimal(0)
    return Decimal(VAT[country])


def tax(net: Money, country: str, zone: str = "", vat_id: str = "") -> Money:
    return net.times(rate(country, zone, vat_id) / 100)


def included_tax(gross: Money, country: str) -> Money:
    """The tax that is inside a price with tax."""
    percent = rate(country)
    net = gross.times(100 / (100 + percent))
    return gross - net
