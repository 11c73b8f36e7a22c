"""Channels and quiet hours."""
import datetime as dt
import os

import pytest

from notifications.preferences import Preferences, disabled, usable


def at(hour, minute=0):
    return dt.datetime(2023, 3, 1, hour, minute)


@pytest.mark.parametrize(
    ("topic", "channels"), [("ticket", ("email", "push")), ("invoice", ("email",)), ("marketing", ()), ("weather", ())]
)
def test_defaults(topic, channels):
    assert Preferences().channels(topic) == channels


def test_choice_wins_and_order_is_ours():
    assert Preferences({"invoice": ["push", "email", "pigeon"]}).channels("invoice") == ("email", "push")


@pytest.mark.parametrize(
    ("quiet", "hour", "answer"),
    [
        ((22, 7), 23, True),
        ((22, 7), 6, True),
        ((22, 7), 7, False),
        ((22, 7), 21, False),
        ((12, 14), 13, True),
        ((12, 14), 14, False),
        ((0, 0), 3, False),
    ],
)
def test_quiet(quiet, hour, answer):
    assert Preferences(quiet=quiet).is_quiet(at(hour)) is answer


@pytest.mark.parametrize(("start", "slot"), [(at(23, 30), at(7) + dt.timedelta(days=1)), (at(3, 15), at(7)), (at(9, 1), at(9, 1))])
def test_next_slot(start, slot):
    assert Preferences(quiet=(22, 7)).next_slot(start) == slot


class TestEnvironment:
    def setup_method(self, method):
        self.saved = os.environ.get("NOTIFY_QUIET"), os.environ.get("NOTIFY_DISABLE")

    def teardown_method(self, method):
        for name, value in zip(("NOTIFY_QUIET", "NOTIFY_DISABLE"), self.saved):
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    def test_quiet_hours(self):
        os.environ["NOTIFY_QUIET"] = "9-17"
        assert Preferences().quiet == (9, 17)
        del os.environ["NOTIFY_QUIET"]
        assert Preferences().quiet == (22, 7)

    def test_own_hours_win(self):
        os.environ["NOTIFY_QUIET"] = "9-17"
        assert Preferences(quiet=(1, 2)).quiet == (1, 2)

    @pytest.mark.parametrize(
        ("value", "off"), [("", set()), ("sms", {"sms"}), ("sms, push", {"sms", "push"}), ("fax", set())]
    )
    def test_disabled(self, value, off):
        os.environ["NOTIFY_DISABLE"] = value
        assert disabled() == off

    def test_usable(self):
        assert usable(Preferences(), "ticket") == ["email", "push"]
        os.environ["NOTIFY_DISABLE"] = "email"
        assert usable(Preferences(), "ticket") == ["push"]


if __name__ == "__main__":
    pytest.main(["-v", __file__])
