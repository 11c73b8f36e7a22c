"""Secrets become dots where people read; code stays code."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.masking import masked

# Put together here, so that no scanner takes the page for a leak.
CASES = {
    "AWS key id": ('KEY = "{}"', "AKIA" + "IOSFODNN7EXAMPLE"),
    "AWS temporary key id": ("k = '{}'", "ASIA" + "IOSFODNN7EXAMPLE"),
    "AWS secret, settings": ("aws_secret_access_key = {}", "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY"),
    "AWS secret, shell": ("AWS_SECRET_ACCESS_KEY={}", "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY"),
    "AWS secret, Python": ("AWS_SECRET = '{}'", "wJalrXUtnFEMI/K7MDENG/bPxRfiCY" + "EXAMPLEKEY"),
    "Google API key": ("f({!r})", "AIza" + "SyD-1234567890abcdefghijklmnopqrstu"),
    "Google access token": ("t = {!r}", "ya29." + "a0AfH6SMBx-abcdefghijklmnop"),
    "GitHub": ("x = {!r}", "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789"),
    "GitHub, fine-grained": ("# {}", "github_" + "pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789"),
    "GitLab": ("{}", "glpat-" + "abcdefghij0123456789"),
    "Slack bot": ("{}", "xoxb-" + "123456789012-1234567890123-abcdefghijklmnopqrstuvwx"),
    "Slack app": ("{}", "xapp-" + "1-A012345-1234567890-abcdef0123456789"),
    "Slack hook": ("https://hooks.slack.com/services/{}", "T00000000/B00000000/" + "X" * 24),
    "JSON web token": (
        "a({!r})",
        "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N",
    ),
    "private key, a line": ("{}", "MIIEpAIBAAKCAQEA0Z3VS5JJcds3xfn/" + "ygWyF8PbnGy0AHB7MbPz4n8qkP0jx9Yw"),
    "private key, in a string": (
        '"-----BEGIN PRIVATE KEY-----{}-----END PRIVATE KEY-----"',
        "\\nMIIEvQIBADAN\\n",
    ),
    "private key, whole": ("-----BEGIN RSA PRIVATE KEY-----{}-----END RSA PRIVATE KEY-----", "\nMII4short\n"),
    "Stripe": ("x = {!r}", "sk_" + "live_4eC39HqLyjWDarjtT1zdp7dc"),
    "npm": ("{}", "npm_" + "abcdefghijklmnopqrstuvwxyz0123456789"),
    "PyPI": ("{}", "pypi-" + "AgEIcHlwaS5vcmcCJGFiY2RlZmdoaWprbG1ub3A"),
    "bearer": ("Authorization: Bearer {}", "abcdef0123456789abcdef0123456789"),
    "Azure": (
        "AccountKey={};",
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHA==",
    ),
    "password": ("password = '{}'", "correct horse"),
    "password, three quotes": ('password = """{}"""', "correct horse"),
    "password, dict": ('{{"password": "{}"}}', "correct horse"),
    "password, call": ('connect(user="ada", password="{}")', "correct horse"),
    "password, shell": ("export DB_PASSWORD={}", "hunter2hunter2"),
    "password, a line of a diff": ("+DB_PASSWORD={}", "hunter2hunter2"),
    "password, YAML": ("  password: {}", "hunter2hunter2"),
    "password, URL": ("postgresql://user:{}@localhost/db", "s3cr3t"),
    "environment, set": ('monkeypatch.setenv("API_KEY", "{}")', "abcdef123456"),
    "environment, assigned": ('os.environ["SECRET_KEY"] = "{}"', "correct horse"),
}
CODE = [
    'password = get_env().get("DB_PASSWORD")',
    'token = os.environ["API_TOKEN"]',
    'os.environ.get("SECRET_KEY", "")',
    "def test_password_is_hashed(self, password: str, token: str) -> None:",
    'assert response.json()["token"] == expected_token',
    'if not secret_key: raise ValueError("secret key must be set")',
    "import secrets",
    "from app.tokens import token_store",
    "tokenize.open(path)",
    'self.assertEqual(user.password, "x")',
    'sha = "0123456789abcdef0123456789abcdef01234567"',
    'path = "a/very/long/path/that/is/no/secret/but/has/many/segments/and/characters/in/it.py"',
    "password: str = Field(...)",
    "PASSWORD_MIN_LENGTH = 12",
    'monkeypatch.setenv("TOKEN_NAME", name)',
    'mock_token = self.factory.create_mock("token")',
    'patch("app.auth.token_service", autospec=True)',
    'get_env("JWT_SECRET_KEY", "auth_service")',
    "sk = task_scheduler_with_long_name",
    "def test_sk_some_thing_that_is_very_long_indeed(self):",
    "desk-organizer-long-name",
    "task_sk_test_abcdefghijklmnopqrs",
    "settings.password = password",
    "token: str",
    "token = user2.access_token",
    "password=password2,",
    'self.token == "expected"',
]


@pytest.mark.parametrize("kind", CASES)
def test_a_secret_is_masked_and_what_is_around_it_stays(kind: str) -> None:
    """Exactly as many characters become dots as the secret has, and no line end."""
    around, secret = CASES[kind]
    text = around.format(secret)
    shown = masked(text)
    assert (len(shown), shown.count("\n")) == (len(text), text.count("\n"))
    dots = "".join("\n" if char == "\n" else "•" for char in secret)
    assert shown.replace("•", "").strip() in text.replace(secret, "") or dots in shown
    assert all(part not in shown for part in secret.split() if len(part) > 3)


@pytest.mark.parametrize("line", CODE)
def test_code_is_not_masked(line: str) -> None:
    """A review that hides the change is none: names, calls, annotations and hashes stay."""
    assert masked(line) == line


@given(st.text(alphabet=st.sampled_from("abZ09_-+/=:.,'\"\n @#()[]")) | st.text())
def test_offsets_never_move(text: str) -> None:
    """Whatever the text, it is as long as before, and so is each line."""
    shown = masked(text)
    assert [len(line) for line in shown.split("\n")] == [len(line) for line in text.split("\n")]
    assert all(new in (old, "•") for old, new in zip(text, shown, strict=True))
