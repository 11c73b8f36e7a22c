"""Scripts as others start them: by path, from anywhere, without our packages on the path."""
import os
import subprocess
import sys

import pytest

from common.process import REPO_ROOT, child_environment

pytestmark = [pytest.mark.integration, pytest.mark.slow]


def run_script(name, tmp_path, **variables):
    env = child_environment(variables, drop=["PYTHONPATH"])
    return subprocess.run(
        [sys.executable, os.path.join(REPO_ROOT, "scripts", name)], env=env, cwd=tmp_path, capture_output=True, text=True
    )


def test_healthcheck_of_a_running_backend(backend_url, tmp_path):
    done = run_script("healthcheck.py", tmp_path, HEALTH_URL=f"{backend_url}/health")
    assert (done.returncode, done.stdout.strip()) == (0, "ok")


def test_healthcheck_without_a_backend(tmp_path):
    done = run_script("healthcheck.py", tmp_path, BACKEND_PORT="1")
    assert done.returncode == 1
    assert done.stdout.startswith("unhealthy:")


def test_seed(database_file, tmp_path):
    done = run_script("seed_demo_data.py", tmp_path, HARBOR_TENANT="demo-7")
    assert done.stdout.strip() == "3 tickets for demo-7", done.stderr
    import sqlite3

    assert sqlite3.connect(database_file).execute("SELECT count(*) FROM tickets").fetchone() == (3,)


def test_seed_without_a_url(tmp_path):
    env = child_environment(drop=["BACKEND_DATABASE_URL", "PYTHONPATH"])
    script = os.path.join(REPO_ROOT, "scripts", "seed_demo_data.py")
    done = subprocess.run([sys.executable, script], env=env, cwd=tmp_path, capture_output=True, text=True)
    assert "KeyError: 'BACKEND_DATABASE_URL'" in done.stderr
