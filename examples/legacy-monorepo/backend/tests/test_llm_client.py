import os
import unittest
from unittest import mock

from backend.app import llm
from backend.tests.base import HarborTestCase


class MockResponse:
    """What the model's endpoint answers."""

    def __init__(self, text, tokens=0):
        self.text = text
        self.tokens = tokens

    def json(self):
        return {"text": self.text, "tokens": self.tokens}


class LLMClientTest(HarborTestCase):
    def setUp(self):
        super().setUp()
        os.environ["HARBOR_LLM_KEY"] = "llm-key-for-tests"
        os.environ["HARBOR_LLM_URL"] = "http://llm.test/complete"
        patcher = mock.patch("backend.app.llm.http_client.request_json", autospec=True)
        self.request = patcher.start()
        self.addCleanup(patcher.stop)
        self.request.return_value = MockResponse("  Hello  ", tokens=7).json()

    def test_text_is_stripped(self):
        self.assertEqual(llm.LLMClient().complete("Hi"), "Hello")

    def test_tokens_add_up(self):
        client = llm.LLMClient()
        client.complete("Hi")
        client.complete("Hi again")
        self.assertEqual(client.tokens_used, 14)

    def test_key_and_endpoint_come_from_the_environment(self):
        llm.LLMClient("harbor-large").complete("Hi", temperature=0)
        method, url, body, headers = self.request.call_args.args
        self.assertEqual((method, url), ("POST", "http://llm.test/complete"))
        self.assertEqual(body["model"], "harbor-large")
        self.assertEqual(body["temperature"], 0)
        self.assertEqual(headers["Authorization"], "Bearer llm-key-for-tests")

    def test_key_is_read_for_each_call(self):
        client = llm.LLMClient()
        client.complete("Hi")
        self.set_env("HARBOR_LLM_KEY", "rotated-key")
        client.complete("Hi")
        self.assertIn("rotated-key", self.request.call_args.args[3]["Authorization"])

    def test_no_key(self):
        self.unset_env("HARBOR_LLM_KEY")
        with self.assertRaises(KeyError):
            llm.LLMClient().complete("Hi")
        self.request.assert_not_called()

    def test_empty_answers(self):
        for answer in (None, {}, {"text": ""}):
            with self.subTest(answer=answer):
                self.request.return_value = answer
                with self.assertRaises(llm.LLMError):
                    llm.LLMClient().complete("Hi")

    def test_empty_prompt(self):
        with self.assertRaises(ValueError):
            llm.LLMClient().complete("   ")

    def test_description_hides_the_key(self):
        shown = llm.LLMClient().describe()
        self.assertIn("*************ests", shown)
        self.assertNotIn("llm-key", shown)


class LLMClientLiveTest(unittest.TestCase):
    @unittest.skipUnless(os.environ.get("HARBOR_LIVE_LLM"), "needs HARBOR_LIVE_LLM=1 and a key")
    def test_real_endpoint(self):
        self.assertTrue(llm.LLMClient().complete("Say hello."))
