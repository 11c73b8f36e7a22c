"""Mail over SMTP."""

from __future__ import annotations

import os
import smtplib
from email.message import EmailMessage
from email.utils import formataddr, parseaddr


class MailRefused(Exception):
    """The server would not take the message."""


def sender() -> str:
    name, address = parseaddr(os.environ.get("NOTIFY_FROM", "Harborline <desk@harborline.test>"))
    if "@" not in address:
        raise ValueError(f"NOTIFY_FROM is no address: {os.environ['NOTIFY_FROM']!r}")
    return formataddr((name, address))


def dry_run() -> bool:
    return os.environ.get("NOTIFY_DRY_RUN", "0") not in ("0", "", "no")


class EmailChannel:
    """Opens a connection per message; nobody here sends enough for more."""

    name = "email"

    def __init__(self, connect=smtplib.SMTP):
        self.connect = connect
        self.skipped: list[str] = []

    def message(self, to: str, subject: str, body: str) -> EmailMessage:
        if "\n" in subject or "\r" in subject:
            raise ValueError("a subject is one line")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = sender(), to, subject
        message.set_content(body)
        reply_to = os.environ.get("NOTIFY_REPLY_TO")
        if reply_to:
            message["Reply-To"] = reply_to
        return message

    def send(self, to: str, subject: str, body: str) -> bool:
        """Send; False if only a dry run was asked for."""
        message = self.message(to, subject, body)
        if dry_run():
            self.skipped.append(to)
            return False
        host, port = os.environ.get("SMTP_HOST", "localhost"), int(os.environ.get("SMTP_PORT", 25))  # noqa: PLW1508
        try:
            with self.connect(host, port, timeout=float(os.getenv("SMTP_TIMEOUT", "10"))) as server:
                if "SMTP_USER" in os.environ:
                    server.login(os.environ["SMTP_USER"], os.environ["SMTP_PASSWORD"])
                server.send_message(message)
        except smtplib.SMTPException as error:
            raise MailRefused(str(error)) from error
        return True
