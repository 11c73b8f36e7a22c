"""The unified runner: a true exit status, selection, order, reports, and all of pytest behind ``--``."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path

import pytest

SCRIPT = "tests/unified_test_runner.py"
Run = Callable[..., subprocess.CompletedProcess[str]]

FILES = {
    "tests/unit/test_b.py": "def test_second(): pass\ndef test_first(): pass\n",
    "tests/unit/test_a.py": "def test_quick(): pass\n",
    "tests/e2e/test_flow.py": "def test_flow(): pass\n",
    "billing/tests/test_bill.py": "import pytest\n@pytest.mark.integration\ndef test_bill(): pass\n",
    "billing/tests/test_slow.py": "import pytest\n@pytest.mark.slow\ndef test_slow(): pass\n",
}


@pytest.fixture
def run(repository: Path) -> Run:
    """Run the runner as a script in a repository without other tests, as a developer does."""
    shutil.rmtree(repository / "tests" / "mission_critical")

    def start(
        *arguments: str, script: str = "tests/unified_test_runner.py"
    ) -> subprocess.CompletedProcess[str]:
        env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "PYTHON"))}
        return subprocess.run(
            [sys.executable, "-W", "ignore", script, *arguments],
            cwd=repository,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return start


@pytest.fixture
def tests(repository: Path) -> Path:
    """Tests of two services and three layers."""
    for path, text in FILES.items():
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text(text)
    return repository


def ran(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The names of the tests that ran, in order."""
    return re.findall(r"::test_(\w+) PASSED", done.stdout)


def test_lower_layers_run_first(run: Run, tests: Path) -> None:
    """Unit before integration before e2e, by mark or folder; a module's own order stays."""
    done = run("-v")
    assert (done.returncode, len(ran(done))) == (0, 6), done.stdout + done.stderr
    assert ran(done)[4:] == ["bill", "flow"]
    assert ran(done).index("second") < ran(done).index("first")


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--category", "unit"], ["slow", "quick", "second", "first"]),
        (["--category", "integration", "--category", "e2e"], ["bill", "flow"]),
        (["--execution-mode", "fast_feedback"], ["slow", "quick", "second", "first"]),
        (["--execution-mode", "nightly"], ["slow", "quick", "second", "first", "bill", "flow"]),
        (["--service", "billing"], ["slow", "bill"]),
        (["--service", "billing", "--category", "unit"], ["slow"]),
        (["--pattern", "test_[ab].py"], ["quick", "second", "first"]),
        (["--markers", "slow or integration"], ["slow", "bill"]),
        (["-m", "not slow", "-k", "bill or quick"], ["quick", "bill"]),
        (["--keyword", "first"], ["first"]),
        (["tests/unit/test_a.py", "billing/tests/test_bill.py::test_bill"], ["quick", "bill"]),
        (["tests/unit", "--", "--deselect", "tests/unit/test_b.py::test_first"], ["quick", "second"]),
        (["tests/unit", "--timeout", "60", "--parallel", "2"], ["quick", "second", "first"]),
    ],
)
def test_selection(arguments: list[str], names: list[str], run: Run, tests: Path) -> None:
    """Each option, and options together, choose what they say."""
    done = run(*(["-v", *arguments] if "--" in arguments else [*arguments, "-v"]))
    found = ran(done) or re.findall(r"PASSED \S+::test_(\w+)", done.stdout)
    assert sorted(found) == sorted(names), done.stdout + done.stderr
    assert done.returncode == 0


BODIES = {
    "def test_a(): pass": 0,
    "def test_a(): assert False": 1,
    "import pytest\n@pytest.mark.xfail\ndef test_a(): assert False": 0,
    "syntax error": 2,
    "": 5,
    "import pytest\n@pytest.mark.skip\ndef test_a(): pass": 5,
    "import unittest\nclass A(unittest.TestCase):\n  def test_a(self): self.skipTest('today')\n": 5,
    "import pytest\npytest.skip('all of it', allow_module_level=True)\ndef test_a(): pass": 5,
    "import pytest\n@pytest.mark.xfail(run=False)\ndef test_a(): pass": 5,
    "import pytest\n@pytest.fixture\ndef broken(): raise OSError\ndef test_a(broken): pass": 1,
    "def test_b(): pass": 5,
}


@pytest.mark.parametrize(("body", "status"), BODIES.items())
@pytest.mark.parametrize("parallel", [[], pytest.param(["--parallel", "1"], marks=pytest.mark.heavy)])
def test_the_exit_status_is_true(
    body: str, status: int, parallel: list[str], run: Run, repository: Path
) -> None:
    """It is pytest's own, and 5 where no test was executed, workers or not."""
    (repository / "tests" / "test_it.py").write_text(body)
    done = run("tests/test_it.py", "-k", "test_a", *parallel)
    # A worker that could not collect is a failed run to xdist.
    assert done.returncode == (1 if parallel and status == 2 else status), done.stdout + done.stderr


@pytest.mark.heavy
def test_a_worker_that_dies_is_a_failure(run: Run, repository: Path) -> None:
    """A test that ends its process with success has failed, and is remembered so."""
    (repository / "tests" / "test_it.py").write_text("import os\ndef test_a(): os._exit(0)")
    done = run("tests/test_it.py", "--parallel", "1", "--json", "report.json")
    assert done.returncode == 1, done.stdout
    assert json.loads((repository / "report.json").read_text())["counts"] == {"failed": 1}


@pytest.mark.parametrize(
    "arguments",
    [["--no-such"], ["--parallel", "many"], ["--execution-mode", "other"], ["--", "--no-such"], ["none.py"]],
)
def test_a_wrong_command_line_is_a_usage_error(arguments: list[str], run: Run, tests: Path) -> None:
    """It never runs other tests than those asked for, and never succeeds."""
    assert run(*arguments).returncode == 4


def test_listing_is_no_run(run: Run, tests: Path) -> None:
    """``--collect-only`` executes nothing and does not fail; nor does ``--help``."""
    assert run("--", "--collect-only", "-q").returncode == 0
    assert run("--help").returncode == 0


def test_failures_limit(run: Run, repository: Path) -> None:
    """``--fail-fast`` and ``--maxfail`` stop the run."""
    (repository / "tests" / "test_it.py").write_text("".join(f"def test_{n}(): assert 0\n" for n in range(4)))
    assert "1 failed" in run("-x").stdout
    assert "1 failed" in run("--fail-fast").stdout
    assert "3 failed" in run("--maxfail", "3").stdout
    assert "4 failed" in run("-q").stdout


def test_one_report_in_three_forms(run: Run, repository: Path) -> None:
    """JUnit, JSON and terminal agree; the slowest and the flaky are named."""
    test = repository / "tests" / "test_it.py"
    test.write_text(
        "import os, pathlib\n"
        "def test_flips(): assert not pathlib.Path('broken').exists()\n"
        "def test_stays(): pass\n"
        "import pytest\n"
        "@pytest.mark.skip\ndef test_skipped(): pass\n"
    )
    for broken in (False, True, False):
        (repository / "broken").unlink(missing_ok=True)
        if broken:
            (repository / "broken").touch()
        done = run("--junit", "junit.xml", "--json", "report.json")
    report = json.loads((repository / "report.json").read_text())
    assert report["counts"] == {"passed": 2, "skipped": 1}
    assert report["exit_status"] == done.returncode == 0
    assert report["flaky"] == ["tests/test_it.py::test_flips"]
    assert set(report["slowest"]) == set(report["tests"])
    suite = ElementTree.parse(repository / "junit.xml").getroot()[0]
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("3", "0", "1")
    assert "flaky  tests/test_it.py::test_flips PFP" in done.stdout
    flips = suite.find("testcase[@name='test_flips']/properties/property")
    assert flips is not None
    assert flips.attrib == {"name": "flaky", "value": "PFP"}
    assert len(list(suite.iter("property"))) == 1


def test_what_failed_last_runs_first(run: Run, repository: Path) -> None:
    """Within a layer, modules with a failure in their last run come first, then the quick ones."""
    folder = repository / "tests"
    (folder / "test_a.py").write_text("import time\ndef test_slow(): time.sleep(0.2)\n")
    (folder / "test_b.py").write_text("def test_quick(): pass\n")
    (folder / "test_c.py").write_text("def test_broken(): assert 0\n")
    run()
    order = re.findall(r"::test_(\w+) (?:PASSED|FAILED)", run("-v").stdout)
    assert order == ["broken", "quick", "slow"]


def test_other_runners_map_onto_it(run: Run, tests: Path) -> None:
    """An old runner script becomes a call of ``main``, which returns the status."""
    script = tests / "run_unit.py"
    script.write_text(
        "import sys\nfrom tests.unified_test_runner import main\n"
        "sys.exit(main(['--category', 'unit', '-v', *sys.argv[1:]]))\n"
    )
    assert sorted(ran(run(script="run_unit.py"))) == ["first", "quick", "second", "slow"]
    assert run("-k", "nothing", script="run_unit.py").returncode == 5
    assert run("--no-such", script="run_unit.py").returncode == 4


def test_it_runs_unittest_cases_of_ours(run: Run, repository: Path) -> None:
    """Migrated cases run through it, and marks reach the mock policy without a conftest."""
    (repository / "tests" / "test_it.py").write_text(
        "import pytest\nfrom test_framework.ssot.mock_factory import MockPolicyError, get_mock_factory\n"
        "pytestmark = pytest.mark.integration\n"
        "def test_policy():\n"
        "    with pytest.raises(MockPolicyError): get_mock_factory().create_mock()\n"
    )
    assert run().returncode == 0
