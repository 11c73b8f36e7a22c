"""``|`` with the environment: more than a mapping has to offer, so the accessor is asked for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_migrate.workflow import Request, make_plan
from ssot_migrate.workflow.golden import repository

APP = "import os\n\n\ndef read(more):\n    return {}\n\n\ndef add(more):\n    os.environ |= more\n"
SETTINGS = """
[tool.ssot-migrate.roles.environment]
module = "core.env"
name = "env"
provider = "Environment"
vouched = ["live", "exact", "raises", "writes-through"]
"""
ACCESSOR = """from collections.abc import MutableMapping


class Environment(MutableMapping):
    def __getitem__(self, key): ...
    def __setitem__(self, key, value): ...
    def __delitem__(self, key): ...
    def __iter__(self): ...
    def __len__(self): ...
{more}

def env():
    return Environment()
"""


@pytest.mark.parametrize("read", ["os.environ | more", "more | os.environ"])
@pytest.mark.parametrize(
    ("offered", "said"),
    [(("__or__", "__ror__"), "changed"), ((), "advice")],
)
def test_a_union_needs_an_accessor_that_has_it(
    read: str, offered: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    """A plain mapping has no ``|``; what it does have, ``update``, stands for ``|=``."""
    before = tmp_path / "before"
    (before / "core").mkdir(parents=True)
    (before / "app.py").write_text(APP.format(read), "utf-8")
    (before / "pyproject.toml").write_text(SETTINGS, "utf-8")
    methods = "".join(f"    def {name}(self, other): ...\n" for name in offered)
    (before / "core" / "env.py").write_text(ACCESSOR.format(more=methods), "utf-8")
    repository(before, tmp_path / "repo")
    request = Request(path=str(tmp_path / "repo"), rules=("direct-env-access",), use_cache=False)
    plan = make_plan(request, lambda *progress: None)
    states = {f.line: f.state.value for f in plan.findings if f.path == "app.py"}
    assert states == {5: said, 9: "changed"}
