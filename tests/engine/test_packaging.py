"""Where packages begin is read from every usual packaging configuration."""

from __future__ import annotations

import pytest

from ssot_migrate.engine.packaging import package_roots

CASES = {
    "nothing said": ("setup.py", b"setup()", {"a", "a/src"}),
    "setup.py": ("setup.py", b"setup(package_dir={'': 'lib'}, packages=find_packages('lib'))", {"a/lib"}),
    "setup.cfg": ("setup.cfg", b"[options]\npackage_dir =\n    = py\n", {"a/py"}),
    "setup.cfg find": ("setup.cfg", b"[options.packages.find]\nwhere = source\n", {"a/source"}),
    "broken setup.cfg": ("setup.cfg", b"package_dir", {"a", "a/src"}),
    "setuptools": ("pyproject.toml", b'[tool.setuptools.packages.find]\nwhere = ["lib"]\n', {"a/lib"}),
    "setuptools package-dir": ("pyproject.toml", b'[tool.setuptools.package-dir]\n"" = "l"\n', {"a/l"}),
    "hatch": (
        "pyproject.toml",
        b'[tool.hatch.build.targets.wheel]\npackages = ["code/shop"]\n',
        {"a/code"},
    ),
    "poetry": ("pyproject.toml", b'[tool.poetry]\npackages = [{include = "s", from = "p"}]\n', {"a/p"}),
    "pdm": ("pyproject.toml", b'[tool.pdm.build]\npackage-dir = "source"\n', {"a/source"}),
    "of another type": ("pyproject.toml", b"[tool]\nsetuptools = 3\n", {"a", "a/src"}),
    "broken": ("pyproject.toml", b"[tool", {"a", "a/src"}),
    "outside": ("setup.py", b"package_dir={'': '../../b'}", set()),
}


@pytest.mark.parametrize("case", CASES)
def test_package_roots(case: str) -> None:
    """The folders that the configuration names, from the repository's root; none outside of it."""
    name, data, roots = CASES[case]

    assert package_roots("a", {f"a/{name}": data}) == roots
