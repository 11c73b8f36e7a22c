"""Plans, proration and usage."""

import datetime as dt
import os
from unittest.mock import patch

import pytest

from billing import metering, plans
from common.money import Money


@pytest.mark.parametrize(("name", "monthly"), [("free", 0), ("team", 4900), ("business", 19900)])
def test_catalogue(name, monthly):
    assert plans.plan(name).monthly == Money(monthly)


def test_unknown_plan():
    with pytest.raises(plans.UnknownPlan):
        plans.plan("enterprise")


class TestPriceOverride:
    @pytest.mark.parametrize("name", ["free", "team", "business"])
    def test_price_from_environment(self, name):
        with patch.dict(os.environ, {f"BILLING_PRICE_{name.upper()}": "1.23"}):
            assert plans.plan(name).monthly == Money(123)
        assert plans.plan(name).monthly == plans.CATALOGUE[name].monthly

    def test_catalogue_itself_stays(self, monkeypatch):
        monkeypatch.setenv("BILLING_PRICE_TEAM", "59")
        plans.plan("team")
        assert plans.CATALOGUE["team"].monthly == Money(4900)


@pytest.mark.parametrize(
    ("day", "minor"),
    [("2023-03-01", 3100), ("2023-03-31", 100), ("2023-03-16", 1600), ("2023-02-28", 111), ("2024-02-29", 107)],
)
def test_prorate(day, minor):
    assert plans.prorate(Money(3100), dt.date.fromisoformat(day)).minor == minor


def test_upgrade_and_downgrade_cancel_out():
    day = dt.date(2023, 3, 10)
    assert plans.change("team", "business", day) == -plans.change("business", "team", day)


@pytest.mark.parametrize(("extra", "seats"), [(0, 5), (3, 8), (10, 15), (99, 15)])
def test_seats(extra, seats):
    assert plans.seats_allowed("team", extra) == seats


@patch.dict(os.environ, BILLING_MAX_EXTRA_SEATS="2")
def test_seats_limit_from_environment():
    assert plans.seats_allowed("team", 99) == 7


class TestMeter:
    def setup_method(self):
        self.meter = metering.Meter()

    def test_events_count_once(self):
        assert self.meter.record("e1", "cus_1", "2023-03")
        assert not self.meter.record("e1", "cus_1", "2023-03")
        assert self.meter.usage("cus_1", "2023-03") == 1

    def test_months_and_kinds_are_apart(self):
        self.meter.record("e1", "cus_1", "2023-03", amount=5)
        self.meter.record("e2", "cus_1", "2023-04", amount=7)
        self.meter.record("e3", "cus_1", "2023-03", kind="sms", amount=9)
        assert self.meter.usage("cus_1", "2023-03") == 5

    def test_negative_usage(self):
        with pytest.raises(ValueError, match="shrink"):
            self.meter.record("e1", "cus_1", "2023-03", amount=-1)

    def test_customers(self):
        for number, customer in enumerate(["b", "a", "b"]):
            self.meter.record(str(number), customer, "2023-03")
        assert self.meter.customers("2023-03") == ["a", "b"]
        assert self.meter.customers("2023-04") == []


@pytest.mark.parametrize(("used", "minor"), [(0, 0), (2000, 0), (2001, 5), (3000, 5000)])
def test_overage(used, minor):
    assert metering.overage("team", used).minor == minor


def test_overage_price_from_environment():
    os.environ["BILLING_OVERAGE"] = "0.10"
    try:
        assert metering.overage("team", 2010).minor == 100
    finally:
        os.environ.pop("BILLING_OVERAGE")


@pytest.mark.parametrize(("used", "minor"), [(0, 0), (50, 500), (100, 1000), (150, 1250), (1100, 5900)])
def test_tiers(used, minor):
    steps = [(100, Money(10)), (1000, Money(5)), (None, Money(4))]
    assert metering.tiers(used, steps).minor == minor


if __name__ == "__main__":
    raise SystemExit(pytest.main([__file__]))
