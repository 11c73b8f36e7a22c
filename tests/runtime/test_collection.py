"""The bases under the real runners: same node ids, same outcomes, nothing collected that is no test."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

RunPython = Callable[..., subprocess.CompletedProcess[str]]

LEGACY = '''
import unittest
from parts import Mixin

class Zebra(unittest.TestCase):
    def test_b(self): self.assertTrue(True)
    def test_a(self): self.assertTrue(False)
    def helper(self): pass

class TestMixed(Mixin, unittest.TestCase):
    """Docstring"""
    maxDiff = None
    @unittest.skip("why")
    def test_skipped(self): pass
    @unittest.expectedFailure
    def test_expected(self): self.fail()

class After(unittest.TestCase, Mixin):
    pass

class Derived(Zebra):
    def test_c(self): raise RuntimeError

class Alone(unittest.TestCase):
    def runTest(self): pass

class Awaited(unittest.IsolatedAsyncioTestCase):
    async def test_async(self): self.assertTrue(False)
    async def asyncSetUp(self): self.ready = True
    async def test_ready(self): self.assertTrue(self.ready)
'''
PARTS = "class Mixin:\n    def test_mixed(self): assert self.id()\n"
IMPORTS = (
    "from test_framework.ssot.base_test_case import *\n"
    "from test_framework.ssot.base_test_case import AsyncTestCase, BaseIntegrationTest, BaseTestCase\n"
    "from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase, SSotPytestCase\n"
)


def migrated(text: str) -> str:
    """The same module on our bases."""
    text = text.replace("unittest.TestCase", "SSotBaseTestCase")
    return IMPORTS + text.replace("unittest.IsolatedAsyncioTestCase", "SSotAsyncTestCase")


def verdicts(output: str) -> list[str]:
    """The lines that name a test and its outcome, in the order they ran."""
    return re.findall(r"^(?:test_legacy\.py::\S+ \w+|\w+ \(test_legacy\..*\.\.\. .*)", output, re.MULTILINE)


@pytest.mark.parametrize(
    "runner", [("-m", "pytest", "-v", "-p", "no:cacheprovider"), ("-m", "unittest", "-v", "test_legacy")]
)
def test_node_ids_and_outcomes_stay(runner: tuple[str, ...], run_python: RunPython, tmp_path: Path) -> None:
    """Under pytest and under unittest a migrated module has the same tests, order and outcomes."""
    (tmp_path / "parts.py").write_text(PARTS)
    module = tmp_path / "test_legacy.py"
    module.write_text(LEGACY)
    before = run_python(*runner)
    module.write_text(migrated(LEGACY))
    after = run_python(*runner)
    assert len(verdicts(before.stdout + before.stderr)) == 12
    assert verdicts(after.stdout + after.stderr) == verdicts(before.stdout + before.stderr)
    assert after.returncode == before.returncode == 1


def test_what_is_imported_is_not_collected(run_python: RunPython, tmp_path: Path) -> None:
    """A module that only imports the bases and aliases has no test, under either runner."""
    (tmp_path / "test_none.py").write_text(IMPORTS)
    by_pytest = run_python("-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:asyncio", "-W", "error")
    by_unittest = run_python("-W", "error", "-m", "unittest", "test_none")
    assert (by_pytest.returncode, "no tests ran" in by_pytest.stdout) == (5, True)
    assert "Ran 0 tests" in by_unittest.stderr


PLAIN = """
import os
import pytest
from test_framework.ssot.base_test_case import SSotPytestCase

log = []

class Mixin:
    def setup_method(self, method):
        super().setup_method(method)
        log.append(f"mixin {method.__name__}")

class TestPlain(Mixin, SSotPytestCase):
    @pytest.fixture(autouse=True)
    def prepared(self, tmp_path):
        self.set_env_var("SSOT_B", "fixture")
        yield
        assert os.environ["SSOT_B"] == "fixture"

    def setup_method(self):
        super().setup_method(self.test_one)
        self.set_env_var("SSOT_A", "1")

    def teardown_method(self, method):
        assert os.environ["SSOT_A"] == "1"
        self.add_cleanup(log.append, "last")

    @pytest.mark.parametrize("number", [1, 2])
    def test_one(self, number, capsys):
        assert (os.environ["SSOT_A"], os.environ["SSOT_B"]) == ("1", "fixture")

    def test_two(self): assert log == ["mixin test_one", "last", "mixin test_one", "last", "mixin test_one"]

class TestFixtureHooks(SSotPytestCase):
    @pytest.fixture(autouse=True)
    def setup_method(self, request):
        self.set_env_var("SSOT_A", "2")

    def test_three(self): assert os.environ["SSOT_A"] == "2"

class TestHeir(TestPlain):
    def teardown_method(self, method):
        super().teardown_method(method)
        assert os.environ["SSOT_A"] == "1"
        assert log[-1] != "last"

    test_two = None

class TestBroken(SSotPytestCase):
    def setup_method(self):
        self.set_env_var("SSOT_A", "1")
        self.add_cleanup(fail, "first cleanup")
        self.add_cleanup(fail, "second cleanup")
        raise RuntimeError("set-up broke")

    def test_four(self): pass

def fail(text): raise OSError(text)

def test_nothing_is_left():
    assert "SSOT_A" not in os.environ and "SSOT_B" not in os.environ
"""


HOOKS = """
from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase

class Mixin:
    def setup_method(self, method=None):
        super().setup_method(method)
        self.order = ["setup_method"]
        self.set_env_var("SSOT_A", "1")
        self.record_metric("rows", 3)

    def setUp(self):
        super().setUp()
        self.order.append("setUp")

    def teardown_method(self, method):
        super().teardown_method(method)
        print(method.__name__, *self.order)

    def tearDown(self): self.order.append("tearDown")

class TestSync(Mixin, SSotBaseTestCase):
    def test_sync(self):
        assert (self.get_env_var("SSOT_A"), self.get_metric("rows")) == ("1", 3)

class TestAsync(Mixin, SSotAsyncTestCase):
    async def asyncSetUp(self): self.order.append("asyncSetUp")

    async def test_async(self): assert self.get_metric("rows") == 3

def tearDownModule():
    import os
    assert "SSOT_A" not in os.environ
"""


@pytest.mark.parametrize("runner", [("-m", "pytest", "-sq", "-p", "no:cacheprovider"), ("-m", "unittest")])
def test_pytest_s_hooks_are_called_by_every_runner(
    runner: tuple[str, ...], run_python: RunPython, tmp_path: Path
) -> None:
    """``setup_method`` runs once, before ``setUp``, and its end after ``tearDown``; ``super()`` has them."""
    (tmp_path / "test_hooks.py").write_text(HOOKS)
    done = run_python(*runner, "test_hooks.py" if "pytest" in runner else "test_hooks")
    assert done.returncode == 0, done.stdout + done.stderr
    told = sorted(line.lstrip(".") for line in done.stdout.splitlines() if "setup_method" in line)
    assert told == [
        "test_async setup_method setUp asyncSetUp tearDown",
        "test_sync setup_method setUp tearDown",
    ]


def test_plain_classes_keep_fixtures_and_hooks(run_python: RunPython, tmp_path: Path) -> None:
    """Fixtures, parametrize, hooks with and without super all work; cleanup runs after all of them."""
    (tmp_path / "test_plain.py").write_text(PLAIN)
    done = run_python("-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert "7 passed, 1 error" in done.stdout, done.stdout
    assert all(text in done.stdout for text in ("set-up broke", "first cleanup", "second cleanup"))


ASYNC = """
import pytest
from test_framework.ssot.base_test_case import SSotPytestCase

class TestAsync(SSotPytestCase):
    @pytest.mark.asyncio
    async def test_awaited(self):
        await self.wait_for_condition(lambda: True)
        self.set_env_var("SSOT_A", "1")

    @pytest.mark.asyncio
    async def test_fails(self): assert False
"""


def test_an_async_test_of_a_plain_class_runs_or_fails(run_python: RunPython, tmp_path: Path) -> None:
    """With a plugin it is awaited; without one it fails: it never passes or vanishes."""
    (tmp_path / "test_async.py").write_text(ASYNC)
    quiet = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
    assert "1 failed, 1 passed" in run_python(*quiet).stdout
    assert "2 failed" in run_python(*quiet, "-p", "no:asyncio").stdout


MARKED = """
import unittest
import pytest
from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase, SSotPytestCase
from test_framework.ssot.mock_factory import get_mock_factory

class TestUnit(SSotBaseTestCase):
    def test_allowed(self): get_mock_factory().create_mock()
    @pytest.mark.integration
    def test_refused(self): get_mock_factory().create_mock()

@pytest.mark.e2e
class TestAsync(SSotAsyncTestCase):
    async def test_refused(self): get_mock_factory().create_agent_mock()

class TestPlain(SSotPytestCase):
    pytestmark = [pytest.mark.integration]
    def test_refused(self): get_mock_factory().create_async_mock()

def test_allowed(): get_mock_factory().create_magic_mock()
"""
CONFTEST = """
import pytest
pytest_plugins = ["test_framework.ssot.pytest_plugin"]
def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker("integration")
"""


def test_no_mocks_in_tests_on_real_services(run_python: RunPython, tmp_path: Path) -> None:
    """Marks on test, class and module refuse mocks; with the plugin, marks that a conftest adds do too."""
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n  integration: x\n  e2e: x\n")
    (tmp_path / "test_marked.py").write_text(MARKED)
    quiet = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
    done = run_python(*quiet)
    assert "3 failed, 2 passed" in done.stdout, done.stdout
    refusals = re.findall(r"^E .*MockPolicyError: no (.*): use the real service", done.stdout, re.MULTILINE)
    marks = ("mock in a test marked integration", "agent in a test marked e2e")
    assert refusals == [*marks, "async_mock in a test marked integration"]
    by_unittest = run_python("-m", "unittest", "test_marked")
    assert "Ran 3 tests" in by_unittest.stderr
    assert "errors=2" in by_unittest.stderr
    (tmp_path / "conftest.py").write_text(CONFTEST)
    assert "5 failed" in run_python(*quiet).stdout
