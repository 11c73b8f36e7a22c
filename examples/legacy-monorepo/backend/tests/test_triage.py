import datetime as dt
import os

import pytest

from backend.app import sla, triage

UTC = dt.timezone.utc


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I want a refund for this invoice", "billing"),
        ("my account is locked and the password is wrong", "login"),
        ("The site is down, error 500", "outage"),
        ("It would be nice to have a dark mode", "feature"),
        ("Hello there", "other"),
        ("payment failed after login", "billing"),
    ],
)
def test_category(text, category):
    assert triage.category(text) == category


@pytest.mark.parametrize(
    ("subject", "body", "priority"),
    [
        ("Outage", "production is unreachable", "critical"),
        ("Outage", "some timeout", "high"),
        ("Invoice", "please answer asap", "high"),
        ("Suggestion", "a wish", "low"),
        ("Question", "how do I", "normal"),
        ("URGENT", "", "high"),
        ("Urgently needed? no", "", "normal"),
    ],
)
def test_priority(subject, body, priority):
    assert triage.priority(subject, body) == priority


class TestVip:
    @pytest.fixture(autouse=True)
    def vip_list(self, monkeypatch):
        monkeypatch.setenv("BACKEND_VIP_TENANTS", "acme globex")

    @pytest.mark.parametrize(("tenant", "answer"), [("acme", True), ("globex", True), ("initech", False), ("", False)])
    def test_vip(self, tenant, answer):
        assert triage.vip(tenant) is answer

    def test_vip_is_at_least_high(self):
        assert triage.classify("acme", "Question", "how do I") == ("high", "other")

    def test_vip_critical_stays(self):
        assert triage.classify("acme", "Outage", "all users, production")[0] == "critical"

    def test_list_may_shrink_while_running(self):
        os.environ["BACKEND_VIP_TENANTS"] = "globex"
        assert triage.classify("acme", "Question", "how do I")[0] == "normal"


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestDeadline:
    @pytest.fixture(autouse=True)
    def no_holidays(self, monkeypatch):
        monkeypatch.delenv("HARBOR_HOLIDAYS", raising=False)

    @pytest.mark.parametrize(
        ("opened", "priority", "due"),
        [
            ("2023-03-01T10:00", "critical", "2023-03-01T11:00"),
            ("2023-03-01T16:30", "critical", "2023-03-02T09:30"),
            ("2023-03-01T10:00", "high", "2023-03-01T14:00"),
            ("2023-03-03T16:00", "high", "2023-03-06T12:00"),
            ("2023-03-04T12:00", "high", "2023-03-06T13:00"),
            ("2023-03-01T10:00", "normal", "2023-03-03T10:00"),
            ("2023-03-01T07:00", "low", "2023-03-07T17:00"),
            ("2023-03-01T23:59", "critical", "2023-03-02T10:00"),
        ],
    )
    def test_deadline(self, opened, priority, due):
        assert sla.deadline(at(opened), priority) == at(due)

    def test_holiday(self):
        os.environ["HARBOR_HOLIDAYS"] = "2023-03-02"
        try:
            assert sla.deadline(at("2023-03-01T16:30"), "critical") == at("2023-03-03T09:30")
        finally:
            del os.environ["HARBOR_HOLIDAYS"]

    def test_breached(self):
        opened = at("2023-03-01T10:00")
        assert not sla.breached(opened, "critical", at("2023-03-01T11:00"))
        assert sla.breached(opened, "critical", at("2023-03-01T11:01"))

    def test_unknown_priority(self):
        with pytest.raises(KeyError):
            sla.deadline(at("2023-03-01T10:00"), "whenever")


if __name__ == "__main__":
    pytest.main([__file__, "-v"])
