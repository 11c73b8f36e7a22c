"""Escalation, and every way in which this team makes a mock."""
from __future__ import annotations

import datetime as dt
import os
import sys
import unittest
from unittest import TestCase as Case
from unittest import mock
from unittest.mock import MagicMock, Mock, PropertyMock, patch

import pytest

from backend.app import escalation
from backend.app.escalation import Escalation, NobodyOnCall

from .mocks.clock import FakeClock

OPENED = dt.datetime(2023, 3, 1, 9, 0, tzinfo=dt.timezone.utc)


def ticket(priority="critical", subject="Site down"):
    made = Mock(name="ticket", spec_set=["id", "priority", "subject"])
    made.id = "tkt_1"
    made.priority = priority
    made.subject = subject
    return made


class EscalationCase(Case):
    def setUp(self):
        super().setUp()
        patcher = patch.dict(os.environ, {"HARBOR_ONCALL": "ada bob", "HARBOR_PAGER_TOKEN": "pg-1"})
        patcher.start()
        self.addCleanup(patcher.stop)
        os.environ.pop("HARBOR_QUIET_WEEKEND", None)
        self.clock = FakeClock()
        self.clock.advance(2 * 3600)
        self.page = Mock(return_value=True)
        self.escalation = Escalation(self.page, self.clock)
        self.escalation.audit = MagicMock()


class Paging(EscalationCase):
    def test_first_in_the_rota(self):
        self.assertEqual(self.escalation.check(ticket(), OPENED), "ada")
        self.page.assert_called_once_with("ada", "Site down", token="pg-1")
        self.escalation.audit.write.assert_called_once_with("escalated", "tkt_1")

    def test_next_one_if_nobody_answers(self):
        self.page.side_effect = lambda person, subject, token: person == "bob"
        with self.assertLogs("harbor.escalation", "WARNING") as logs:
            self.assertEqual(self.escalation.check(ticket(), OPENED), "bob")
        self.assertEqual(logs.records[0].getMessage(), "ada did not answer")

    def test_nobody_answers(self):
        self.page.return_value = False
        with self.assertLogs("harbor.escalation"):
            self.assertIsNone(self.escalation.check(ticket(), OPENED))
        self.escalation.audit.write.assert_not_called()

    def test_in_time(self):
        self.assertIsNone(self.escalation.check(ticket("low"), OPENED))
        self.page.assert_not_called()

    def test_empty_rota(self):
        os.environ["HARBOR_ONCALL"] = ""
        self.assertRaises(NobodyOnCall, self.escalation.check, ticket(), OPENED)

    def test_token_is_required(self):
        del os.environ["HARBOR_PAGER_TOKEN"]
        self.assertRaises(LookupError, self.escalation.check, ticket(), OPENED)

    def test_page_that_raises(self):
        self.page = Mock(side_effect=[ConnectionError("pager"), True])
        self.escalation.page = self.page
        self.assertRaises(ConnectionError, self.escalation.check, ticket(), OPENED)
        self.assertEqual(self.escalation.check(ticket(), OPENED), "ada")

    def test_long_subjects(self):
        self.escalation.check(ticket(subject="word " * 20), OPENED)
        self.assertLessEqual(len(self.page.call_args.args[1]), 40)


class QuietWeekend(EscalationCase):
    def setUp(self):
        super().setUp()
        os.environ["HARBOR_QUIET_WEEKEND"] = "1"
        if self.clock.now().weekday() >= 5:
            self.skipTest("the fake clock has to start on a working day")
        self.clock.advance(3 * 24 * 3600)

    def test_high_waits(self):
        self.assertIsNone(self.escalation.check(ticket("high"), OPENED))

    def test_critical_does_not(self):
        self.assertEqual(self.escalation.check(ticket("critical"), OPENED), "ada")


class MuteSwitch(EscalationCase):
    def test_property_mock(self):
        with patch.object(Escalation, "muted", new_callable=PropertyMock, create=True, return_value=True) as muted:
            self.assertIsNone(Escalation(self.page, self.clock).check(ticket(), OPENED))
        muted.assert_called_with()
        self.page.assert_not_called()

    def test_wrapped(self):
        wrapped = Mock(wraps=escalation.rota)
        with patch("backend.app.escalation.rota", new=wrapped):
            self.escalation.check(ticket(), OPENED)
        wrapped.assert_called_once_with()

    def test_autospec(self):
        with patch.object(escalation, "pager_token", autospec=True, return_value="pg-2") as token:
            self.escalation.check(ticket(), OPENED)
        token.assert_called_once_with()
        self.assertEqual(self.page.call_args.kwargs, {"token": "pg-2"})

    @patch.multiple("backend.app.escalation", rota=mock.DEFAULT, quiet_weekend=mock.DEFAULT)
    def test_multiple(self, rota, quiet_weekend):
        rota.return_value = ["eve"]
        quiet_weekend.return_value = False
        self.assertEqual(self.escalation.check(ticket(), OPENED), "eve")

    def test_sealed(self):
        audit = MagicMock(write=Mock(return_value=None))
        mock.seal(audit)
        self.escalation.audit = audit
        self.escalation.check(ticket(), OPENED)
        with self.assertRaises(AttributeError):
            audit.read()


TestCase = unittest.TestCase


class ClockTest(TestCase):
    """Through a module-level alias of the class."""

    def test_clock_is_patched_where_it_is_used(self):
        with patch("backend.tests.test_escalation.FakeClock") as clock:
            clock.return_value.now.return_value = OPENED
            self.assertIs(FakeClock().now(), OPENED)

    def test_isinstance_of_a_spec(self):
        self.assertIsInstance(Mock(spec=FakeClock), FakeClock)
        self.assertIsInstance(mock.create_autospec(FakeClock)(), FakeClock)


class TestRota(object):
    @pytest.mark.parametrize(("value", "people"), [("", []), ("ada", ["ada"]), ("  ada   bob ", ["ada", "bob"])])
    def test_rota(self, monkeypatch, value, people):
        monkeypatch.setenv("HARBOR_ONCALL", value)
        assert escalation.rota() == people

    def test_missing_token(self, monkeypatch):
        monkeypatch.delenv("HARBOR_PAGER_TOKEN", raising=False)
        with pytest.raises(LookupError, match="HARBOR_PAGER_TOKEN"):
            escalation.pager_token()


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-v", "-s"]))
