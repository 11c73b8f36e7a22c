"""Tests of the long-polling server that websockets replaced; Tornado is no longer installed."""
import os

from tornado.testing import AsyncHTTPTestCase, gen_test
from tornado.web import Application


class LongPollTest(AsyncHTTPTestCase):
    def get_app(self):
        return Application([], debug=os.environ.get("NOTIFY_DEBUG") == "1")

    @gen_test
    async def test_poll(self):
        response = await self.http_client.fetch(self.get_url("/poll?timeout=0"))
        self.assertEqual(response.code, 200)
