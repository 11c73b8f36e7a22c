"""Mixins for test cases; each cooperates through ``super()``."""

import io
import logging
import shutil
import tempfile
from pathlib import Path


class TempDirMixin:
    """``self.folder``: an empty folder, gone after the test."""

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(prefix="harbor-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        super().setUp()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path


class LogCaptureMixin:
    """``self.log_text()``: what the loggers under ``logger_name`` wrote."""

    logger_name = "harbor"

    def setUp(self):
        super().setUp()
        self._log_stream = io.StringIO()
        handler = logging.StreamHandler(self._log_stream)
        logger = logging.getLogger(self.logger_name)
        level = logger.level
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
        self.addCleanup(logger.setLevel, level)
        self.addCleanup(logger.removeHandler, handler)

    def log_text(self):
        return self._log_stream.getvalue()


class MoneyAssertionsMixin:
    """Assertions on amounts; has no state."""

    def assertMoney(self, amount, text):
        self.assertEqual(str(amount), text)

    def assertSumsTo(self, parts, whole):
        self.assertEqual(sum(part.minor for part in parts), whole.minor)
