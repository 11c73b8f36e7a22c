"""What is in the tree under test besides the commit's own files, and what is said of that which is not."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.git.repository import Repository
from ssot_migrate.git.submodules import missing_submodules
from ssot_migrate.git.worktrees import linked_tree
from ssot_migrate.plans.model import Plan
from ssot_migrate.verify.lacking import lacking
from ssot_migrate.workflow.verifying import Verified

Lay = Callable[[Mapping[str, str]], Path]
Verify = Callable[..., tuple[Plan, Verified]]
APP = {
    "app/__init__.py": "",
    "app/conf.py": 'import os\n\n\ndef url():\n    return os.environ.get("URL", "none")\n',
}


def git(root: Path, *words: str) -> str:
    """What git prints."""
    command = ["git", "-C", str(root), "-c", "protocol.file.allow=always", *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def repository(root: Path, files: Mapping[str, str]) -> Path:
    """A repository of one commit."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        git(root, *words)
    return root


@pytest.fixture
def root(lay: Lay, tmp_path: Path) -> Path:
    """A repository with a submodule that has one itself, whose commit in use is not the newest one."""
    inner = repository(tmp_path / "inner", {"deep.txt": "deep\n"})
    outer = repository(tmp_path / "outer", {"data.txt": "as it was\n"})
    git(outer, "submodule", "--quiet", "add", str(inner), "inner")
    git(outer, "commit", "-qam", "inner")
    tests = (
        "from pathlib import Path\nfrom app import conf\n\n\n"
        "def test_data():\n    Path('vendored/left').touch()\n    assert conf.url() == 'none'\n"
        "    assert Path('vendored/data.txt').read_text() == 'as it was\\n'\n"
        "    assert Path('vendored/inner/deep.txt').read_text() == 'deep\\n'\n"
    )
    repo = lay({**APP, "tests/test_data.py": tests})
    git(repo, "submodule", "--quiet", "add", str(outer), "vendored")
    git(repo, "submodule", "--quiet", "update", "--init", "--recursive")
    git(repo, "commit", "-qam", "vendored")
    (repo / "vendored/data.txt").write_text("as somebody is changing it\n")
    return repo


def test_submodules_are_there_as_the_commit_names_them(root: Path) -> None:
    """Also those of submodules; what tests leave in one is gone, and the user's own are not touched."""
    repo = Repository.open(root)
    before = git(root, "status", "--porcelain", "--ignore-submodules=none")
    with linked_tree(repo, repo.head_commit()) as tree:
        for _ in range(2):
            tree.show(repo.head_commit())
            assert (tree.path / "vendored/data.txt").read_text() == "as it was\n"
            assert (tree.path / "vendored/inner/deep.txt").read_text() == "deep\n"
            assert not (tree.path / "vendored/left").exists()
            (tree.path / "vendored/left").touch()
        assert git(root, "status", "--porcelain", "--ignore-submodules=none") == before
    assert list(missing_submodules(repo, repo.head_commit())) == []


def test_a_submodule_that_is_not_there_is_named(root: Path, tmp_path: Path) -> None:
    """Nothing is fetched for it; its folder is empty."""
    git(tmp_path, "clone", "-q", str(root), str(tmp_path / "clone"))
    repo = Repository.open(tmp_path / "clone")
    with linked_tree(repo, repo.head_commit()) as tree:
        tree.show(repo.head_commit())
        assert list((tree.path / "vendored").iterdir()) == []
    assert list(missing_submodules(repo, repo.head_commit())) == ["vendored"]


@pytest.mark.heavy
def test_tests_that_need_a_submodule_prove_something(root: Path, verified: Verify) -> None:
    """They pass before and after."""
    _, found = verified(root)
    assert found.holds
    assert {each.passed for each in found.branches if each.service == "app"} == {1}
    assert {each.lacking for each in found.branches} == {()}


@pytest.mark.heavy
def test_what_only_the_working_tree_has_is_named(lay: Lay, verified: Verify) -> None:
    """A generated module and a data file that git ignores, of which failing tests of the base speak."""
    tests = (
        "from pathlib import Path\n\n\ndef test_version():\n    from app._version import version\n\n\n"
        "def test_data():\n    Path('tests/big.bin').read_bytes()\n\n\n"
        "def test_url():\n    from app.conf import url\n    assert url() == 'none'\n"
    )
    root = lay({**APP, "tests/test_it.py": tests, ".gitignore": "_version.py\n*.bin\n"})
    for name in ("app/_version.py", "tests/big.bin", "tests/other.bin"):
        (root / name).write_text("version = 1\n")
    _, found = verified(root)
    app = next(each for each in found.branches if each.service == "app")
    assert (app.passed, len(app.broken)) == (1, 2)
    assert app.lacking == ("app/_version.py", "tests/big.bin")


def test_nothing_outside_is_looked_for(tmp_path: Path) -> None:
    """What a test's output says is no path of ours."""
    (tmp_path / "secret").touch()
    (tmp_path / "repo").mkdir()
    (tmp_path / "repo/x[1].txt").touch()
    said = ["No such file or directory: '../secret'", f"No such file or directory: '{tmp_path}/secret'"]
    assert list(lacking(said, tmp_path / "repo", ())) == []
    assert list(lacking(["No such file or directory: 'x[1].txt'"], tmp_path / "repo", ())) == ["x[1].txt"]
