import json
import logging
import os
import unittest
from unittest import mock

from common import logging_setup


class Levels(unittest.TestCase):
    """Not named Test*: collected because it is a TestCase."""

    def level_for(self, value):
        with mock.patch.dict(os.environ, {"LOG_LEVEL": value}):
            return logging_setup.level()

    def test_known_names(self):
        self.assertEqual(self.level_for("DEBUG"), logging.DEBUG)
        self.assertEqual(self.level_for("warning"), logging.WARNING)

    def test_unknown_name_means_info(self):
        self.assertEqual(self.level_for("chatty"), logging.INFO)

    @mock.patch.dict("os.environ", {}, clear=True)
    def test_default(self):
        self.assertEqual(logging_setup.level(), logging.INFO)


class Formats(unittest.TestCase):
    def setUp(self):
        patcher = mock.patch.dict(os.environ, {"HARBOR_SERVICE": "billing"})
        patcher.start()
        self.addCleanup(patcher.stop)
        os.environ.pop("LOG_FORMAT", None)

    def record(self, message, *args):
        return logging.LogRecord("harbor.test", logging.ERROR, __file__, 1, message, args, None)

    def test_json_in_production(self):
        os.environ["HARBOR_ENV"] = "prod"
        line = json.loads(logging_setup.formatter().format(self.record("paid %s", "INV-1")))
        self.assertEqual(line, {
            "level": "ERROR", "logger": "harbor.test", "message": "paid INV-1", "service": "billing",
        })

    def test_json_on_request(self):
        os.environ.update(HARBOR_ENV="dev", LOG_FORMAT="json")
        self.assertIsInstance(logging_setup.formatter(), logging_setup.JsonFormatter)

    def test_text_elsewhere(self):
        os.environ["HARBOR_ENV"] = "dev"
        self.assertEqual(logging_setup.formatter().format(self.record("hello")), "ERROR harbor.test: hello")

    def test_last_line_of_the_error(self):
        os.environ["HARBOR_ENV"] = "prod"
        try:
            raise ValueError("no such plan")
        except ValueError as error:
            record = self.record("failed")
            record.exc_info = (ValueError, error, error.__traceback__)
        self.assertEqual(json.loads(logging_setup.JsonFormatter().format(record))["error"], "ValueError: no such plan")

    def test_configure_twice_keeps_one_handler(self):
        logger = logging.getLogger("harbor.test.configure")
        logging_setup.configure(logger)
        handler = logging_setup.configure(logger)
        self.assertEqual(logger.handlers, [handler])
        self.assertFalse(logger.propagate)
