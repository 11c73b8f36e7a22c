"""Money, ids, dates, text and paging: everything that has no state."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from common import clock, ids, paging, text
from common.money import CurrencyMismatch, Money, total


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("12.50", "EUR", 1250), ("0.005", "EUR", 0), ("0.015", "EUR", 2), ("7", "JPY", 7), ("1.2345", "KWD", 1234)],
)
def test_money_of(amount, currency, minor):
    assert Money.of(amount, currency).minor == minor


@pytest.mark.parametrize(
    ("money", "shown"),
    [(Money(123456), "1,234.56 EUR"), (Money(-5), "-0.05 EUR"), (Money(1200, "JPY"), "1,200 JPY"), (Money(1, "KWD"), "0.001 KWD")],
)
def test_money_text(money, shown):
    assert str(money) == shown


class TestMoneyArithmetic:
    def test_add_and_subtract(self):
        assert Money(100) + Money(50) - Money(25) == Money(125)

    def test_negate(self):
        assert -Money(3) == Money(-3)

    def test_truth(self):
        assert Money(1) and not Money(0)

    def test_currencies_do_not_mix(self):
        with pytest.raises(CurrencyMismatch, match="EUR and USD"):
            Money(1) + Money(1, "USD")

    def test_unknown_currency(self):
        with pytest.raises(ValueError, match="XXX"):
            Money(1, "XXX")

    @pytest.mark.parametrize(("factor", "minor"), [("1.19", 119), ("0.5", 50), (3, 300), ("0.005", 0), ("0.015", 2)])
    def test_times(self, factor, minor):
        assert Money(100).times(factor).minor == minor

    def test_total_of_nothing(self):
        assert total([], "USD") == Money(0, "USD")


@pytest.mark.parametrize("weights", [(1, 1, 1), (1, 2), (5,), (0, 1, 0), (7, 11, 13)])
@pytest.mark.parametrize("minor", [0, 1, 100, 9999])
def test_allocation_loses_nothing(minor, weights):
    parts = Money(minor).allocate(*weights)
    assert sum(part.minor for part in parts) == minor
    assert len(parts) == len(weights)


@pytest.mark.parametrize("weights", [(), (0,), (2, -1)])
def test_bad_weights(weights):
    with pytest.raises(ValueError):
        Money(10).allocate(*weights)


@pytest.mark.parametrize("kind", sorted(ids.PREFIXES))
def test_new_ids_parse(kind):
    choose = random.Random(4).choice
    made = ids.new(kind, choose=choose)
    assert ids.parse(made)[0] == kind


def test_ids_forgive_lookalikes():
    kind, body = ids.parse("TKT_" + "10ab" + ids.check_character("10ab"))
    assert ids.parse(f"tkt_ioab{ids.check_character('10ab')}") == (kind, body)


@pytest.mark.parametrize("bad", ["tkt", "xyz_123", "tkt_!", "tkt_1", "cus_00000001"])
def test_bad_ids(bad):
    with pytest.raises(ids.BadId):
        ids.parse(bad)


def test_one_wrong_letter_is_noticed():
    good = ids.new("ticket", choose=random.Random(1).choice)
    wrong = good[:5] + ("2" if good[5] != "2" else "3") + good[6:]
    with pytest.raises(ids.BadId, match="check character"):
        ids.parse(wrong)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (dt.date(2023, 1, 31), 1, dt.date(2023, 2, 28)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2023, 11, 15), 2, dt.date(2024, 1, 15)),
        (dt.date(2023, 3, 31), -1, dt.date(2023, 2, 28)),
        (dt.date(2023, 12, 1), 0, dt.date(2023, 12, 1)),
    ],
)
def test_add_months(day, months, expected):
    assert clock.add_months(day, months) == expected


def test_iso_converts_to_utc():
    zone = dt.timezone(dt.timedelta(hours=2))
    assert clock.iso(dt.datetime(2023, 5, 1, 1, 30, tzinfo=zone)) == "2023-04-30T23:30:00Z"


def test_iso_refuses_naive():
    with pytest.raises(ValueError, match="naive"):
        clock.iso(dt.datetime(2023, 5, 1))


@pytest.mark.parametrize(
    ("raw", "slug"),
    [("Hello, World!", "hello-world"), ("Café déjà vu", "cafe-deja-vu"), ("  --  ", ""), ("a_b", "a-b")],
)
def test_slugify(raw, slug):
    assert text.slugify(raw) == slug


@pytest.mark.parametrize(
    ("raw", "width", "short"),
    [("short", 10, "short"), ("one two three", 9, "one two…"), ("unbreakable", 5, "unbr…"), ("ab cd ef", 6, "ab cd…")],
)
def test_truncate(raw, width, short):
    assert text.truncate(raw, width) == short
    assert len(short) <= width


@pytest.mark.parametrize(("secret", "shown"), [("abc", "***"), ("12345678", "********"), ("sk_live_12345", "*********2345")])
def test_mask(secret, shown):
    assert text.mask(secret) == shown


def test_mask_environment(monkeypatch):
    monkeypatch.setenv("HARBOR_TEST_SECRET", "hunter2hunter2")
    monkeypatch.setenv("HARBOR_TEST_PLAIN", "visible-value")
    masked = text.mask_environment("login hunter2hunter2 at visible-value")
    assert masked == "login **********ter2 at visible-value"


@pytest.mark.parametrize(("requested", "size"), [(None, paging.DEFAULT_PAGE_SIZE), (10, 10), ("50", 50), (0, 1), (9999, 200)])
def test_page_size(monkeypatch, requested, size):
    monkeypatch.delenv("HARBOR_PAGE_SIZE", raising=False)
    assert paging.page_size(requested) == size


def test_page_size_from_environment(monkeypatch):
    monkeypatch.setenv("HARBOR_PAGE_SIZE", "40")
    assert paging.page_size() == 40


def test_pages():
    assert list(paging.pages([1, 2, 3, 4, 5], 2)) == [[1, 2], [3, 4], [5]]
    assert [text.plural(count, "page") for count in (0, 1, 2)] == ["0 pages", "1 page", "2 pages"]
