"""Where the factory would refuse, no call of it is planned as safe."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_migrate.plans.model import Plan

Planner = Callable[..., Plan]
Found = Callable[[Plan, str], list[str]]
HEAD = "import pytest\nfrom unittest.mock import Mock\n\n"
MARKED = f"{HEAD}@pytest.mark.integration\ndef test_real(made=None):\n    pass\n"
FIXTURE = f"{HEAD}@pytest.fixture\ndef made():\n    return Mock()\n"
USE = f"{HEAD}def make():\n    return Mock()\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("tests/integration/test_a.py", f"{HEAD}def test_it():\n    Mock()\n"),
        ("svc/e2e-tests/test_a.py", f"{HEAD}def test_it():\n    Mock()\n"),
        ("tests/end_to_end/helpers.py", f"{HEAD}def make():\n    Mock()\n"),
        ("tests/test_login_e2e.py", f"{HEAD}def test_it():\n    Mock()\n"),
        ("tests/test_a.py", f"{HEAD}@pytest.mark.integration\ndef test_it():\n    Mock()\n"),
        ("tests/test_a.py", f"{HEAD}pytestmark = pytest.mark.e2e\n\ndef test_it():\n    Mock()\n"),
        ("tests/test_a.py", f"{HEAD}class TestA:\n    pytestmark = [pytest.mark.e2e]\n    a = Mock()\n"),
        (
            "tests/test_a.py",
            f"{HEAD}@pytest.mark.parametrize('a', [pytest.param(1, marks=pytest.mark.e2e)])\n"
            "def test_it(a):\n    Mock()\n",
        ),
    ],
)
def test_the_real_thing_is_advised(plan_for: Planner, found: Found, path: str, text: str) -> None:
    """By folder, file name or mark: the policy is named and nothing is edited."""
    (told,) = found(plan_for({path: text}), path)
    assert told.startswith("advice: ")
    assert "the mock policy wants the real service here" in told


@pytest.mark.parametrize(
    "files",
    [
        {"tests/conftest.py": FIXTURE, "tests/x/test_r.py": MARKED},
        {"tests/support.py": USE, "tests/test_r.py": f"from tests.support import make\n{MARKED}"},
        {"tests/support.py": USE, "tests/via.py": "import tests.support\n\nclass C: ...\n",
         "tests/test_r.py": f"from tests import via\n{MARKED}"},
        {"tests/support.py": USE, "tests/test_r.py": f"{MARKED}    from tests.support import make\n"},
        {"tests/plugin.py": FIXTURE, "tests/test_r.py": MARKED},
        {"tests/test_a.py": f"{MARKED}\n\n@pytest.fixture\ndef made():\n    return Mock()\n"},
        {
            "tests/flow.py": f"{HEAD}class Flow:\n    def test_it(self):\n        Mock()\n",
            "tests/test_r.py": f"{HEAD}from tests.flow import Flow\n\n"
            "@pytest.mark.e2e\nclass TestReal(Flow):\n    pass\n",
        },
        {
            "tests/flow.py": f"{HEAD}class Flow:\n    def test_it(self):\n        Mock()\n",
            "tests/middle.py": "from tests import flow\n\nclass Middle(flow.Flow):\n    pass\n",
            "tests/test_r.py": f"{HEAD}from tests.middle import Middle\n\n"
            "@pytest.mark.e2e\nclass TestReal(Middle):\n    pass\n",
        },
    ],
    ids=[
        "conftest", "import", "import of an import", "late import", "plugin", "same file", "inherited",
        "inherited from afar",
    ],
)  # fmt: skip
def test_what_a_marked_test_may_use_waits(plan_for: Planner, found: Found, files: dict[str, str]) -> None:
    """A mock made outside a marked test, but perhaps for one, is held with the test named."""
    plan = plan_for({"tests/__init__.py": "", **files})
    (told,) = found(plan, next(iter(files)))
    assert told.startswith("held: tests/")
    assert "may use this; the factory refuses there" in told


def test_a_subclass_of_a_marked_class_is_marked(plan_for: Planner, found: Found) -> None:
    """Marks are inherited across files, as pytest inherits them."""
    heir = "from tests.base import Real\n\nclass TestA(Real):\n    def test_it(self): Mock()\n"
    files = {
        "tests/__init__.py": "",
        "tests/base.py": f"{HEAD}@pytest.mark.integration\nclass Real:\n    pass\n",
        "tests/test_a.py": f"{HEAD}{heir}",
    }
    (told,) = found(plan_for(files), "tests/test_a.py")
    assert told.startswith("advice: integration: ")


@pytest.mark.parametrize(
    "files",
    [
        {"tests/test_a.py": f"{MARKED}\n\ndef test_plain():\n    Mock()\n"},
        {"tests/test_a.py": f"{MARKED}\n\nMADE = Mock()\n"},
        {"tests/unit/conftest.py": USE, "tests/real/test_r.py": MARKED},
        {"tests/support.py": USE, "tests/test_r.py": MARKED},
        {"tests/test_integrations.py": f"{HEAD}def test_it():\n    Mock()\n"},
        {"tests/test_a.py": f"{HEAD}@pytest.mark.unit\ndef test_it():\n    Mock()\n"},
    ],
    ids=["unmarked test", "at import", "other folder", "not imported", "other word", "other mark"],
)
def test_marks_elsewhere_hold_nothing_back(plan_for: Planner, found: Found, files: dict[str, str]) -> None:
    """What no marked test can reach is safe."""
    (told,) = found(plan_for(files), next(iter(files)))
    assert told.startswith("changed (safe): ")


def test_production_code_is_advised(plan_for: Planner, found: Found) -> None:
    """A mock that the product itself makes is a person's matter; the test framework's own is not."""
    framework = "test_framework/helpers.py"
    plan = plan_for({"app/main.py": USE, "test_framework/__init__.py": "", framework: USE})
    assert found(plan, "app/main.py")[0].startswith("advice: by its name and folder no test code")
    assert found(plan, framework)[0].startswith("changed")


def test_a_patched_name_stays_in_use(plan_for: Planner, found: Found) -> None:
    """A module whose mock class a test replaces by name goes on through that name."""
    body = "def test_it():\n    with patch('tests.support.Mock'):\n        pass\n"
    patching = f"from unittest.mock import patch\n\n{body}"
    plan = plan_for({"tests/__init__.py": "", "tests/support.py": USE, "tests/test_p.py": patching})
    assert found(plan, "tests/support.py") == [
        "advice: tests/test_p.py:4 patches this name, so the call must go on through it"
    ]
    assert found(plan, "tests/test_p.py")[0].startswith("advice: replaces a mock class by name")
