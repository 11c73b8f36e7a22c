"""The worker as a real process, started by its path from another folder."""
import json
import os
import subprocess
import sys
import unittest
from pathlib import Path

import pytest

WORKER = Path(__file__).resolve().parents[2] / "worker.py"


@pytest.mark.integration
class WorkerProcess(unittest.TestCase):
    def setUp(self):
        self._name = os.environ.get("WORKER_NAME")
        os.environ["WORKER_NAME"] = "worker-7"

    def tearDown(self):
        if self._name is None:
            os.environ.pop("WORKER_NAME", None)
        else:
            os.environ["WORKER_NAME"] = self._name

    def ask(self, *jobs, **extra):
        env = os.environ.copy()
        env.pop("PYTHONPATH", None)
        env.update(extra)
        lines = "".join((job if isinstance(job, str) else json.dumps(job)) + "\n" for job in jobs)
        done = subprocess.run(
            [sys.executable, str(WORKER)], input=lines, env=env, cwd=os.path.sep, capture_output=True, text=True, timeout=30
        )
        self.status = done.returncode
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_ping(self):
        self.assertEqual(self.ask({"kind": "ping"}), [{"ok": True, "worker": "worker-7"}])
        self.assertEqual(self.status, 0)

    def test_jobs_in_order(self):
        answers = self.ask({"kind": "sum", "numbers": [1, 2]}, {"kind": "sum", "numbers": []})
        self.assertEqual([answer["value"] for answer in answers], [3, 0])

    def test_bad_lines_do_not_stop_it(self):
        answers = self.ask("nonsense", {"kind": "fly"}, {"kind": "sum"}, {"kind": "ping"})
        self.assertEqual([answer["ok"] for answer in answers], [False, False, False, True])

    def test_environment_as_it_is(self):
        job = b'{"kind": "env", "name": "WORKER_NAME"}\n'
        done = subprocess.run([sys.executable, str(WORKER)], input=job, env=os.environ, stdout=subprocess.PIPE, check=True)
        self.assertEqual(json.loads(done.stdout)["value"], "worker-7")

    def test_limit(self):
        answers = self.ask({"kind": "ping"}, {"kind": "ping"}, {"kind": "ping"}, WORKER_MAX_JOBS="2")
        self.assertEqual((len(answers), self.status), (2, 3))

    def test_environment_of_the_child(self):
        seen, unseen = self.ask({"kind": "env", "name": "WORKER_NAME"}, {"kind": "env", "name": "WORKER_SHOE_SIZE"})
        self.assertEqual((seen["value"], unseen["ok"]), ("worker-7", False))
