"""Packages whose imports were made absolute are run: by pytest in its import modes, and by name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.findings import State
from ssot_migrate.plans.model import Plan

Migrated = Callable[[Mapping[str, str], str], Plan]
CIRCULAR = {
    "shop/__init__.py": "from . import cart\nfrom .cart import *\n",
    "shop/cart.py": "from . import prices\n__all__ = ['buy']\n\n\ndef buy():\n    return prices.total()\n",
    "shop/prices.py": (
        "from . import cart\nassert cart\n\n\ndef total():\n    from .cart import buy\n    return 3\n"
    ),
    "shop/__main__.py": "from .cart import buy\n\nprint(buy())\n",
    "shop/tests/__init__.py": "",
    "shop/tests/helpers.py": "from ..prices import total\n",
    "shop/tests/test_cart.py": (
        "from . import helpers\nfrom .. import buy\nfrom ..cart import buy as same\n\n\n"
        "def test_buy():\n    assert buy is same and buy() == helpers.total() == 3\n"
    ),
}
SETTINGS = {
    "prepend": "",
    "append": "[pytest]\naddopts = --import-mode=append\n",
    "importlib": "[pytest]\naddopts = --import-mode=importlib\npythonpath = .\n",
}


@pytest.mark.parametrize("mode", SETTINGS)
def test_suite_passes_in_every_import_mode(
    migrated: Migrated, outcome: Callable[[], str], tmp_path: Path, mode: str
) -> None:
    """Circular, star and test imports work as before, and no relative import is left."""
    plan = migrated({**CIRCULAR, "pytest.ini": SETTINGS[mode]}, "absolute-import")

    assert {finding.state for finding in plan.findings} == {State.CHANGED}
    assert not [p for p in tmp_path.rglob("*.py") if "from ." in p.read_text("utf-8")]
    assert outcome() == "1 passed"
    done = subprocess.run([sys.executable, "-m", "shop"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.split() == [b"3"]


def test_nothing_moves_where_pytest_may_use_two_names(migrated: Migrated) -> None:
    """With importlib mode and settings above the package's root, pytest may name the file from either."""
    below = {f"services/{path}": text for path, text in CIRCULAR.items()}
    plan = migrated({**below, "pytest.ini": SETTINGS["importlib"]}, "absolute-import")

    assert {finding.state for finding in plan.findings} == {State.ADVICE}
    assert "as services.shop" in plan.findings[0].message
    assert "as shop" in plan.findings[0].message


def test_ledger_counts_what_cannot_be_parsed_and_what_is_text(migrated: Migrated) -> None:
    """Relative imports in broken files, strings and comments are hits, each in its bucket."""
    files = {
        "shop/__init__.py": "",
        "shop/broken.py": "from .a import (\nfrom . import b\n",
        "shop/fine.py": '"""from .a import b"""\n# from .a import c\nfrom .broken import d\n',
    }
    plan = migrated(files, "absolute-import")

    (tally,) = plan.ledger
    assert (tally.total, tally.buckets) == (5, {"changed": 1, "comment": 1, "string": 1, "unparseable": 2})


def test_a_line_that_moves_and_an_import_that_is_added_compose(
    migrated: Callable[..., Plan], outcome: Callable[[], str], tmp_path: Path
) -> None:
    """The last import goes elsewhere in its block while another rule puts a new one below it."""
    files = {
        **{f"app/{name}.py": "" for name in ("__init__", "zone")},
        "app/base.py": "def name():\n    return 'base'\n",
        "app/conf.py": (
            "import os\n\nimport app.zone\nfrom app.zone import __name__ as zone\n\n"
            "from .base import name\n\n\n"
            "def value():\n    return name() + zone + os.environ.get('APP_CONF', '!')\n"
        ),
        "tests/__init__.py": "",
        "tests/test_conf.py": (
            "from app.conf import value\n\n\ndef test_it():\n    assert value() == 'baseapp.zone!'\n"
        ),
    }
    plan = migrated(files, "absolute-import", "direct-env-access")
    assert [finding.state for finding in plan.findings] == [State.CHANGED, State.CHANGED]
    assert (
        (tmp_path / "app/conf.py")
        .read_text()
        .startswith(
            "import app.zone\nfrom app.base import name\nfrom app.zone import __name__ as zone\n"
            "from shared.isolated_environment import get_env\n\n\ndef value"
        )
    )
    assert outcome() == "1 passed"
