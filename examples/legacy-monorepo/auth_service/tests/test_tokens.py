"""Tokens: signatures, expiry, rotation of secrets."""

import base64
import json
import os
import unittest
from unittest.mock import Mock, patch

from auth_case import BaseTestCase
from auth_fakes import FakeTokenStore
from harbor_auth import auth_config, tokens

NOW = 1_700_000_000


class TokenTestCase(BaseTestCase):
    def setUp(self):
        super().setUp()
        self.set_up_environment()

    def set_up_environment(self):
        self._before = {key: value for key, value in os.environ.items() if key.startswith("AUTH_")}
        for key in self._before:
            del os.environ[key]
        os.environ["AUTH_SECRET"] = "first-secret-for-tests"
        self.addCleanup(self.restore_environment)

    def restore_environment(self):
        for key in [key for key in os.environ if key.startswith("AUTH_")]:
            os.environ.pop(key)
        os.environ.update(self._before)


class Verification(TokenTestCase):
    def test_round_trip(self):
        claims = tokens.verify(tokens.issue("ada", NOW, roles=["agent"]), NOW)
        self.assertEqual((claims["sub"], claims["roles"]), ("ada", ["agent"]))

    def test_expires(self):
        os.environ["AUTH_TOKEN_TTL"] = "60"
        token = tokens.issue("ada", NOW)
        tokens.verify(token, NOW + 59)
        self.assertRaisesExactly(tokens.Expired, tokens.verify, token, NOW + 60)

    def test_leeway(self):
        token = tokens.issue("ada", NOW)
        self.assertEqual(tokens.verify(token, NOW + 905, leeway=10)["sub"], "ada")

    def test_changed_payload(self):
        header, payload, signature = tokens.issue("ada", NOW).split(".")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
        claims["sub"] = "root"
        forged = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
        with self.assertRaisesRegex(tokens.TokenError, "signature"):
            tokens.verify(f"{header}.{forged}.{signature}", NOW)

    def test_garbage(self):
        for text in ("", "a", "a.b", "a.b.c", "a.b.c.d", "..", "é.é.é"):
            with self.subTest(text=text), self.assertRaises(tokens.TokenError):
                tokens.verify(text, NOW)

    def test_other_issuer(self):
        token = tokens.issue("ada", NOW)
        with patch.dict("os.environ", AUTH_ISSUER="https://other.test"):
            with self.assertRaisesRegex(tokens.TokenError, "issued by"):
                tokens.verify(token, NOW)

    def test_other_algorithm(self):
        with patch.object(tokens, "HEADER", {"alg": "none", "typ": "JWT"}):
            token = tokens.issue("ada", NOW)
        with self.assertRaisesRegex(tokens.TokenError, "header"):
            tokens.verify(token, NOW)


class Rotation(TokenTestCase):
    """Tests in the order in which one reads the story, not in that of the alphabet."""

    def test_old_tokens_hold_after_one_rotation(self):
        token = tokens.issue("ada", NOW)
        self.assertEqual(auth_config.rotate("second-secret-for-tests"), 2)
        self.assertEqual(tokens.verify(token, NOW)["sub"], "ada")

    def test_new_tokens_use_the_new_secret(self):
        auth_config.rotate("second-secret-for-tests")
        token = tokens.issue("ada", NOW)
        os.environ.pop("AUTH_SECRET_1")
        self.assertEqual(tokens.verify(token, NOW)["sub"], "ada")

    def test_dropped_secrets_no_longer_verify(self):
        token = tokens.issue("ada", NOW)
        auth_config.rotate("second-secret-for-tests")
        del os.environ["AUTH_SECRET_1"]
        self.assertRaisesExactly(tokens.TokenError, tokens.verify, token, NOW)

    def test_a_gap_ends_the_list(self):
        os.environ["AUTH_SECRET_1"] = "one"
        os.environ["AUTH_SECRET_3"] = "three"
        self.assertEqual(auth_config.previous_secrets(), [b"one"])

    def test_rotation_of_a_given_mapping(self):
        env = {"AUTH_SECRET": "mine"}
        auth_config.rotate("next", env)
        self.assertEqual(env, {"AUTH_SECRET": "next", "AUTH_SECRET_1": "mine"})
        self.assertEqual(os.environ["AUTH_SECRET"], "first-secret-for-tests")


class Storage(unittest.TestCase):
    def test_put_and_revoke(self):
        store = FakeTokenStore()
        store.put("ada", "t1")
        self.assertEqual(store.get("ada"), "t1")
        self.assertTrue(store.revoke("ada"))
        self.assertFalse(store.revoke("ada"))

    def test_a_mock_of_the_store_keeps_its_interface(self):
        store = Mock(spec=FakeTokenStore)
        store.get.side_effect = ["t1", None]
        self.assertEqual([store.get("ada"), store.get("ada")], ["t1", None])
        with self.assertRaises(AttributeError):
            store.clear()


if __name__ == "__main__":
    unittest.main(verbosity=2)
