"""What was set aside is told in a report, with its test's output, even if its service has no branch left."""

from __future__ import annotations

import base64
import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan
from ssot_migrate.verify.model import Verification
from ssot_migrate.workflow import Request, apply_plan
from ssot_migrate.workflow.verifying import Verified

FILES = {
    "app/__init__.py": "",
    "app/conf.py": 'import os\n\n\ndef port():\n    return os.getenv("APP_PORT", "80")\n',
    "web/__init__.py": "",
    "web/conf.py": 'import os\n\n\ndef url():\n    return os.getenv("WEB_URL", "none")\n',
    "tests/__init__.py": "",
    "tests/test_all.py": (
        "import inspect\n\nfrom app import conf\nfrom web.conf import url\n\n\n"
        "def test_source():\n    assert 'os.getenv' in inspect.getsource(conf.port)\n\n\n"
        "def test_url():\n    assert url() == 'none'\n"
    ),
}


def _data(page: str) -> str:
    """The data of a review page, which its script unpacks."""
    packed = re.search(r'id="data">([^<]+)<', page)
    assert packed
    return gzip.decompress(base64.b64decode(packed[1])).decode()


@pytest.mark.heavy
def test_a_service_without_a_branch_is_told_of(
    lay: Callable[..., Path], verified: Callable[..., tuple[Plan, Verified]], tmp_path: Path
) -> None:
    """All changes of `app` are set aside: the first branch's reports name them and show why."""
    root = lay(FILES)
    plan, found = verified(root)
    assert [each.path for each in found.set_aside] == ["app/conf.py"]
    assert "app" not in {each.service for each in found.branches}

    proofs: tuple[Verification, ...] = found.branches
    applied = apply_plan(plan, Request(str(root)), report=tmp_path / "reports", proofs=proofs)
    first, *others = (Path(written.report) for written in applied.branches)
    assert "Set aside: `app/conf.py:5`" in (first / "report.md").read_text()
    page = (first / "report.html").read_text()
    assert "app/conf.py:5</button> set aside: <code>tests/test_all.py::test_source</code>" in page
    assert "'os.getenv' in inspect.getsource" in _data(page)
    (told,) = json.loads((first / "report.json").read_text())["verification"]["set_aside"]
    assert told["test"] == "tests/test_all.py::test_source"
    assert all("app/conf.py:5" not in (other / "report.md").read_text() for other in others)
