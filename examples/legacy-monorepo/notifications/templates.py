"""Texts of messages, with a layout around them."""
import os
import string

LAYOUT = os.environ.get("NOTIFY_LAYOUT", "$greeting\n\n$body\n\n– $signature")

TEXTS = {
    "ticket_opened": "We have received “$subject” and will answer by $due.",
    "ticket_solved": "“$subject” has been solved. Reply to open it again.",
    "invoice": "Invoice $number over $amount is due on $due.",
    "reminder_friendly": "Perhaps you have missed invoice $number.",
    "reminder_final": "Invoice $number is long overdue; your account will be suspended on $due.",
}


class TemplateError(KeyError):
    """A text is unknown, or a value for it is missing."""


def signature():
    return os.environ["NOTIFY_SIGNATURE"] if "NOTIFY_SIGNATURE" in os.environ else "Your Harborline team"


def text(name):
    override = os.environ.get("NOTIFY_TEXT_%s" % name.upper())
    if override:
        return override
    try:
        return TEXTS[name]
    except KeyError:
        raise TemplateError("no text called %s" % name) from None


def render(name, recipient="", **values):
    """The whole message."""
    try:
        body = string.Template(text(name)).substitute(values)
    except KeyError as missing:
        raise TemplateError("%s needs a value for %s" % (name, missing.args[0])) from None
    greeting = "Dear %s," % recipient if recipient else "Hello,"
    return string.Template(LAYOUT).substitute(greeting=greeting, body=body, signature=signature())
