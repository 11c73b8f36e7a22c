import os

import pytest

from common import feature_flags as flags

pytestmark = pytest.mark.usefixtures("no_flags")


def test_no_flags_at_all():
    assert flags.names() == []


def test_names_are_sorted_and_lower_case():
    os.environ["HARBOR_FLAG_NEW_INBOX"] = "on"
    os.environ["HARBOR_FLAG_DARK"] = "off"
    assert flags.names() == ["dark", "new_inbox"]


@pytest.mark.parametrize(
    ("value", "share"), [("on", 100), ("off", 0), ("0", 0), ("25", 25), ("25%", 25), ("100%", 100)]
)
def test_percentage(value, share):
    flags.switch("new_inbox", value)
    assert flags.percentage("new_inbox") == share


@pytest.mark.parametrize("value", ["", "some", "101", "-1", "5.5%"])
def test_bad_percentage(value):
    flags.switch("new_inbox", value)
    with pytest.raises(flags.FlagError):
        flags.percentage("new_inbox")


def test_unknown_flag_is_off():
    assert not flags.is_on("never_heard_of", "cus_1")


def test_same_customer_same_answer():
    flags.switch("new_inbox", "50%")
    answers = {flags.is_on("new_inbox", "cus_42") for _ in range(20)}
    assert len(answers) == 1


def test_share_is_about_right():
    flags.switch("new_inbox", "30%")
    seen = sum(flags.is_on("new_inbox", f"cus_{number}") for number in range(2000))
    assert 500 < seen < 700


def test_raising_the_share_takes_nobody_out():
    flags.switch("new_inbox", "20")
    early = {number for number in range(300) if flags.is_on("new_inbox", str(number))}
    flags.switch("new_inbox", "60")
    later = {number for number in range(300) if flags.is_on("new_inbox", str(number))}
    assert early < later


class TestSwitch:
    def test_returns_what_was_there(self):
        assert flags.switch("beta", "on") is None
        assert flags.switch("beta", "off") == "on"

    def test_none_removes(self):
        flags.switch("beta", "on")
        flags.switch("beta", None)
        assert "HARBOR_FLAG_BETA" not in os.environ

    def test_removing_twice_is_fine(self):
        assert flags.switch("beta", None) is None

    def test_written_to_the_process(self):
        flags.switch("beta", "on")
        assert os.getenv("HARBOR_FLAG_BETA") == "on"


def test_clear_counts():
    for name in ("a", "b", "c"):
        flags.switch(name, "on")
    assert flags.clear() == 3
    assert flags.names() == []


if __name__ == "__main__":
    from pytest import main

    main([__file__])
