"""Copied from common.testing so that the backend image need not ship it."""

import json
import os
import unittest


class HarborTestCase(unittest.TestCase):
    """A TestCase that puts the environment back as it was."""

    maxDiff = None

    def setUp(self):
        super().setUp()
        self._saved_environ = dict(os.environ)
        os.environ["HARBOR_ENV"] = "test"

    def tearDown(self):
        os.environ.clear()
        os.environ.update(self._saved_environ)
        super().tearDown()

    def set_env(self, name, value):
        """Set a variable for the rest of this test."""
        os.environ[name] = str(value)

    def unset_env(self, name):
        os.environ.pop(name, None)

    def assertJson(self, text, **expected):
        """``text`` is a JSON object with at least these members."""
        document = json.loads(text)
        for key, value in expected.items():
            self.assertIn(key, document)
            self.assertEqual(document[key], value, key)
