"""Names that a patch replaces and that are not there."""

from __future__ import annotations

import pytest

from ssot_migrate.index.patched import missing
from ssot_migrate.index.project import Project
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan


@pytest.mark.parametrize(("compiled", "told"), [((), True), (("",), False)])
def test_a_package_that_is_compiled_may_have_what_no_file_shows(
    compiled: tuple[str, ...], *, told: bool
) -> None:
    """A module made by a compiler stands in no Python file."""
    files = ("shop/__init__.py", "tests/test_a.py")
    project = Project(installable=frozenset({""}), compiled=frozenset(compiled))
    repo = Repository([FileScan(path, "", parsed=True) for path in files], {}, project=project)
    words = ("fast", "__getattr__", "globals", "setattr", "exec", "vars", "__dict__", "import_module")
    repo.answers = {files[0]: dict.fromkeys(words, False)}
    assert bool(missing("shop.fast.pack", files[1], repo)) is told
