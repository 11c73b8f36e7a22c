"""``python -m harbor_auth`` as other services' scripts call it."""
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.integration, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def run_auth():
    def run(*arguments, **variables):
        env = os.environ.copy()
        env.update(variables)
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT), str(ROOT / "auth_service" / "src")])
        return subprocess.run([sys.executable, "-m", "harbor_auth", *arguments], env=env, capture_output=True, text=True)

    return run


def test_token_from_one_process_to_the_next(run_auth, monkeypatch):
    monkeypatch.setenv("AUTH_SECRET", "shared-between-processes")
    token = run_auth("issue", "nightly-job", HOSTNAME="ci-3").stdout.strip()
    claims = json.loads(run_auth("verify", token).stdout)
    assert (claims["sub"], claims["host"]) == ("nightly-job", "ci-3")


def test_other_secret(run_auth):
    token = run_auth("issue", "nightly-job", AUTH_SECRET="one-secret-for-issuing").stdout.strip()
    answer = run_auth("verify", token, AUTH_SECRET="another-for-verifying")
    assert (answer.returncode, answer.stderr.strip()) == (1, "bad signature")


def test_usage(run_auth):
    assert run_auth("dance").returncode == 2
