"""The way of an imported name through the files of a repository."""

from __future__ import annotations

from ssot_migrate.engine.import_lines import import_lines
from ssot_migrate.index.chains import chains
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan


def repository(files: dict[str, str]) -> Repository:
    """A repository of texts by path, of which only the imports are known."""
    scans = [FileScan(path, "", imports=import_lines(path, text.encode())) for path, text in files.items()]
    return Repository(scans, {})


def test_reexports_aliases_and_stars_are_followed_to_the_last_file() -> None:
    """Each file on the way is named once, nearest first."""
    repo = repository(
        {
            "a/__init__.py": "from a.names import Thing as Other\nfrom a.stars import *\n",
            "a/names.py": "from b.deep import Thing\n",
            "a/stars.py": "",
            "b/__init__.py": "",
            "b/deep.py": "class Thing: pass\n",
        }
    )
    assert chains(repo, "a.Other", "x.py") == (("a/__init__.py", "a/names.py", "b/deep.py"),)
    assert chains(repo, "a.Elsewhere", "x.py") == (("a/__init__.py", "a/stars.py"),)
    assert chains(repo, "os.path", "x.py") == ()


def test_a_name_of_two_ways_has_both() -> None:
    """Both sides of a conditional import are ways."""
    either = "try:\n    from b import Thing\nexcept ImportError:\n    from c import Thing\n"
    repo = repository({"a.py": either, "b.py": "", "c.py": ""})
    assert chains(repo, "a.Thing", "x.py") == (("a.py", "b.py"), ("a.py", "c.py"))


def test_a_circle_of_reexports_ends() -> None:
    """Files that hand a name to each other are each named once."""
    repo = repository({"a.py": "from b import Thing\n", "b.py": "from a import Thing\n"})
    assert chains(repo, "a.Thing", "x.py") == (("a.py", "b.py"),)
