"""Notifications' fixtures. The packages here have no ``__init__.py``."""
import os
import unittest.mock

import pytest

NAMES = ("NOTIFY_", "SMTP_")


@pytest.fixture(autouse=True)
def no_notification_settings():
    """None of our variables from outside."""
    with unittest.mock.patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith(NAMES)]:
            os.environ.pop(name)
        yield
