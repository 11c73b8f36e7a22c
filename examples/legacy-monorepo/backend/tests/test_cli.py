"""The command line, inside this process and as a real one."""
import json
import os
import subprocess
import sys

import pytest

from backend import cli
from common.process import REPO_ROOT, child_environment, service_environment


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["triage", "Outage", "production is down"], "critical outage"),
        (["triage", "Hello"], "normal other"),
        (["due", "2023-03-01T10:00", "high"], "2023-03-01T14:00:00"),
    ],
)
def test_commands(capsys, monkeypatch, arguments, printed):
    monkeypatch.delenv("HARBOR_HOLIDAYS", raising=False)
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out.strip() == printed


def test_tenant_from_environment(monkeypatch):
    monkeypatch.setenv("HARBOR_TENANT", "acme")
    assert cli.build_parser().parse_args(["env"]).tenant == "acme"


def test_show_environment_of_a_dict():
    """A parameter called ``environ`` that is not ``os.environ``."""
    environ = {"HARBOR_ENV": "x", "HOME": "/root", "BACKEND_PORT": "1"}
    assert cli.show_environment(environ) == {"BACKEND_PORT": "1", "HARBOR_ENV": "x"}


def test_env_command(capsys, monkeypatch):
    monkeypatch.setenv("BACKEND_MAX_AGENTS", "6")
    cli.main(["env"])
    assert json.loads(capsys.readouterr().out)["BACKEND_MAX_AGENTS"] == "6"


def test_unknown_command(capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["dance"])
    assert stopped.value.code == 2


@pytest.mark.slow
class TestAsProcess:
    def run(self, *arguments, **variables):
        env = dict(service_environment("backend"), **variables)
        return subprocess.run(
            [sys.executable, "-m", "backend.cli", *arguments], env=env, cwd=REPO_ROOT, capture_output=True, text=True
        )

    def test_bootstrap_defaults(self):
        answer = self.run("env")
        assert json.loads(answer.stdout)["HARBOR_REGION"] == os.environ.get("HARBOR_REGION", "eu-west-1")

    def test_vip_list_reaches_the_child(self):
        answer = self.run("--tenant", "acme", "triage", "Hello", BACKEND_VIP_TENANTS="acme")
        assert answer.stdout.strip() == "high other"

    def test_production_needs_a_release(self):
        env = child_environment({"HARBOR_ENV": "prod", "PYTHONPATH": str(REPO_ROOT)}, drop=["HARBOR_RELEASE"])
        answer = subprocess.run(
            [sys.executable, "-m", "backend.cli", "env"], env=env, cwd=REPO_ROOT, capture_output=True, text=True
        )
        assert answer.returncode == 1
        assert "HARBOR_RELEASE must be set" in answer.stderr
