"""Mail, text messages and webhooks, without a network."""

import os
import smtplib
from unittest.mock import MagicMock, Mock, patch

import pytest

from base_case import BaseTestCase
from notification_fakes import FakeSmtp, MockEmailSender, StubMailer
from notifications.channels import email, sms, webhook


class EmailTest(BaseTestCase):  # type: ignore[misc]
    def setUp(self):
        super().setUp()
        FakeSmtp.instances.clear()
        self.channel = email.EmailChannel(connect=FakeSmtp)
        os.environ["SMTP_HOST"] = "mail.test"
        os.environ["SMTP_PORT"] = "2525"

    def tearDown(self):
        for name in ("SMTP_HOST", "SMTP_PORT", "SMTP_USER", "SMTP_PASSWORD"):
            os.environ.pop(name, None)
        super().tearDown()

    def test_host_and_port(self):
        self.assertTrue(self.channel.send("ada@example.test", "Hi", "Text"))
        server = FakeSmtp.instances[0]
        self.assertEqual((server.host, server.port, server.timeout), ("mail.test", 2525, 10.0))
        self.assertEqual(server.logins, [])

    def test_login(self):
        os.environ.update(SMTP_USER="desk", SMTP_PASSWORD="pw")
        self.channel.send("ada@example.test", "Hi", "Text")
        self.assertEqual(FakeSmtp.instances[0].logins, [("desk", "pw")])

    def test_user_without_password(self):
        os.environ["SMTP_USER"] = "desk"
        self.assertRaisesExactly(KeyError, self.channel.send, "ada@example.test", "Hi", "Text")

    @patch.dict(os.environ, {"NOTIFY_DRY_RUN": "1"})
    def test_dry_run(self):
        self.assertFalse(self.channel.send("ada@example.test", "Hi", "Text"))
        self.assertEqual((self.channel.skipped, FakeSmtp.instances), (["ada@example.test"], []))

    def test_headers(self):
        with patch.dict("os.environ", {"NOTIFY_FROM": "Desk <d@x.test>", "NOTIFY_REPLY_TO": "r@x.test"}):
            message = self.channel.message("ada@example.test", "Hi", "Text")
        self.assertEqual((message["From"], message["Reply-To"]), ("Desk <d@x.test>", "r@x.test"))

    def test_bad_sender(self):
        with patch.dict("os.environ", {"NOTIFY_FROM": "nobody"}), self.assertRaisesRegex(ValueError, "'nobody'"):
            email.sender()

    def test_header_injection(self):
        self.assertRaisesExactly(ValueError, self.channel.message, "a@b.test", "Hi\nBcc: all@b.test", "x")

    def test_server_errors(self):
        server = MagicMock()
        server.__enter__.return_value = server
        server.send_message.side_effect = smtplib.SMTPRecipientsRefused({})
        channel = email.EmailChannel(connect=Mock(return_value=server))  # noqa: E501
        self.assertRaisesExactly(email.MailRefused, channel.send, "ada@example.test", "Hi", "Text")


@pytest.mark.parametrize(
    ("raw", "number"),
    [("+31 6 12345678", "+31612345678"), ("0031-612345678", "+31612345678"), ("06 1234 5678", "+31612345678")],
)
def test_numbers(raw, number):
    assert sms.normalise(raw) == number


def test_numbers_of_another_country(monkeypatch):
    monkeypatch.setenv("NOTIFY_COUNTRY_CODE", "+49")
    assert sms.normalise("0151 2345678") == "+491512345678"


@pytest.mark.parametrize("bad", ["", "123", "+0123456789", "phone", "+1234567890123456"])
def test_bad_numbers(bad):
    with pytest.raises(sms.BadNumber):
        sms.normalise(bad)


@pytest.mark.parametrize(
    ("text", "parts"), [("", 1), ("x" * 160, 1), ("x" * 161, 2), ("x" * 307, 3), ("š" * 70, 1), ("š" * 71, 2)]
)
def test_parts(text, parts):
    assert sms.parts(text) == parts


class TestSmsChannel:
    @pytest.fixture
    def post(self, monkeypatch):
        monkeypatch.setenv("NOTIFY_SMS_URL", "http://sms.test/send")
        return Mock(return_value={"id": 1})

    def test_send(self, post):
        assert sms.SmsChannel(post).send("0612345678", "Hi") == {"id": 1}
        post.assert_called_once_with("http://sms.test/send", {"to": "+31612345678", "text": "Hi"})

    def test_too_long(self, post):
        with pytest.raises(ValueError, match="4 parts"):
            sms.SmsChannel(post).send("0612345678", "x" * 500)

    def test_limit_from_environment(self, post, monkeypatch):
        monkeypatch.setenv("NOTIFY_SMS_PARTS", "4")
        assert sms.SmsChannel(post).send("0612345678", "x" * 500)

    def test_no_url(self, post, monkeypatch):
        monkeypatch.delenv("NOTIFY_SMS_URL")
        with pytest.raises(KeyError):
            sms.SmsChannel(post).send("0612345678", "Hi")


class TestWebhook:
    @pytest.mark.parametrize("url", ["http://x.test/", "ftp://x.test", "https://", "x.test"])
    def test_forbidden(self, url):
        with pytest.raises(webhook.Forbidden):
            webhook.check(url)

    @patch.dict(os.environ, NOTIFY_WEBHOOK_HOSTS="localhost,10.0.0.5")
    def test_local_hosts(self):
        assert webhook.check("http://10.0.0.5/hook")

    def test_signature_ignores_order(self):
        assert webhook.sign({"a": 1, "b": 2}, "s") == webhook.sign({"b": 2, "a": 1}, "s")

    @pytest.mark.parametrize("own", [None, "own-secret"])
    def test_secret(self, own):
        with patch.dict(os.environ, {"NOTIFY_WEBHOOK_SECRET": "shared"}), patch(
            "notifications.channels.webhook.http_client.request_json"
        ) as request:
            webhook.deliver("https://x.test/hook", "paid", {"n": 1}, own)
        headers = request.call_args.args[3]
        expected = webhook.sign({"event": "paid", "payload": {"n": 1}}, own or "shared")
        assert headers == {"X-Harbor-Signature": expected}


@pytest.mark.parametrize("mailer", [MockEmailSender, StubMailer])
def test_stand_ins_remember(mailer):
    made = mailer()
    assert made.send("a@b.test", "s", "t")
    assert made.sent == [("a@b.test", "s", "t")]


def test_mock_sender_can_fail():
    sender = MockEmailSender()
    sender.fail = email.MailRefused("no")
    with pytest.raises(email.MailRefused):
        sender.send("a@b.test", "s", "t")
