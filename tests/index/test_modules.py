"""Which file an import means."""

from __future__ import annotations

import pytest

from ssot_migrate.index.modules import Modules

FILES = (
    "base.py",
    "svc/tests/base.py",
    "svc/tests/test_a.py",
    "pkg/__init__.py",
    "pkg/base.py",
    "src/lib/x.py",
)


@pytest.mark.parametrize(
    ("dotted", "folder", "path"),
    [
        ("base", "svc/tests", "svc/tests/base.py"),
        ("base", "pkg", "base.py"),
        ("base", "", "base.py"),
        ("pkg.base", "svc/tests", "pkg/base.py"),
        ("svc.tests.base", "pkg", "svc/tests/base.py"),
        ("lib.x", "svc/tests", "src/lib/x.py"),
        ("unittest", "svc/tests", None),
        ("nowhere", "svc/tests", None),
    ],
)
def test_the_folder_where_packages_begin_is_searched_first(
    dotted: str, folder: str, path: str | None
) -> None:
    """A folder without packages serves its own files first, a package's files are served from its root."""
    assert Modules([*FILES, "svc/tests/unittest.py"]).find(dotted, folder) == path


@pytest.mark.parametrize(
    ("dotted", "path"),
    [
        ("one.tests.tools", "one/src/one/tests/tools.py"),
        ("one", "one/src/one/__init__.py"),
        ("both", None),
        ("apart", None),
    ],
)
def test_distributions_of_one_repository_find_each_other(dotted: str, path: str | None) -> None:
    """What one of them has is found from another; what several have, or none installs, is not guessed."""
    files = (
        *("one/src/one/__init__.py", "one/src/one/tests/__init__.py", "one/src/one/tests/tools.py"),
        *("one/src/both.py", "two/src/both.py", "three/apart.py", "four/tests/test_x.py"),
    )
    assert Modules(files, {"one/src", "two/src"}).find(dotted, "four/tests") == path
