"""What every channel promises, tested once for all of them."""
import os
from unittest.mock import Mock

import pytest

from common.testing.async_base import AsyncServiceTestCase
from common.testing.base import HarborTestCase
from notification_fakes import FakeSmtp, MockWebSocketManager
from notifications.channels.email import EmailChannel
from notifications.channels.sms import SmsChannel
from notifications.push import PushRelay


class ChannelContract:
    """Not collected by itself: subclasses say how to make a channel."""

    address = None

    def make(self):
        raise NotImplementedError

    def test_has_a_name(self):
        assert self.make().name.islower()

    def test_sends(self):
        assert self.make().send(self.address, *self.content)

    @pytest.mark.parametrize("bad", ["\n", "a\nb\r"])
    def test_line_breaks_in_the_first_argument(self, bad):
        with pytest.raises(ValueError):
            self.make().send(*self.with_break(bad))


class TestEmailContract(ChannelContract):
    address = "ada@example.test"
    content = ("Subject", "Text")

    @classmethod
    def setup_class(cls):
        cls.before = os.environ.get("NOTIFY_FROM")
        os.environ["NOTIFY_FROM"] = "contract@example.test"

    @classmethod
    def teardown_class(cls):
        if cls.before is None:
            del os.environ["NOTIFY_FROM"]
        else:
            os.environ["NOTIFY_FROM"] = cls.before

    def make(self):
        return EmailChannel(connect=FakeSmtp)

    def with_break(self, bad):
        return self.address, "Subject" + bad, "Text"


class TestSmsContract(ChannelContract):
    address = "+31612345678"
    content = ("Text",)

    def setup_method(self):
        os.environ["NOTIFY_SMS_URL"] = "http://sms.test/"

    def make(self):
        return SmsChannel(Mock(return_value={"id": 7}))

    def with_break(self, bad):
        return self.address + bad + "x", "Text"


class PushContract(AsyncServiceTestCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.manager = MockWebSocketManager(["ada"])
        self.addAsyncCleanup(self.manager.broadcast, "closing")

    async def test_delivers(self):
        await PushRelay(self.manager).on_event("ada", "run_completed")
        await self.eventually(lambda: len(self.manager.inbox["ada"]) == 1)


class OperatorSettings(HarborTestCase):
    def test_push_can_be_silenced(self):
        self.set_env("NOTIFY_MUTE_EVENTS", "run_completed")
        self.assertFalse(PushRelay(None).wanted("run_completed"))

    def test_environment_is_test(self):
        self.assertEqual(os.environ["HARBOR_ENV"], "test")


if __name__ == "__main__":
    raise SystemExit(pytest.main(["-x", __file__]))
