"""Where packages begin is read from every usual packaging configuration."""

from __future__ import annotations

import pytest

from ssot_migrate.engine.packaging import finds_packages, package_roots

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


@pytest.mark.parametrize(
    ("files", "finds"),
    [
        ({"pyproject.toml": b"[build-system]\nrequires = ['setuptools']\n[project]\nname = 'x'\n"}, True),
        ({"pyproject.toml": b"[build-system]\nbuild-backend = 'setuptools.build_meta'\n"}, True),
        ({"pyproject.toml": b"[build-system]\nbuild-backend = 'hatchling.build'\n"}, False),
        ({"pyproject.toml": b"[build-system]\nbuild-backend = ''\n"}, False),
        ({"pyproject.toml": b"[build-system]\n[tool.setuptools.packages.find]\nwhere = ['.']\n"}, False),
        ({"pyproject.toml": b"[build-system]\n[tool.setuptools]\npy-modules = ['x']\n"}, False),
        ({"pyproject.toml": b"[build-system]\n", "setup.cfg": b"[options]\npackages = x\n"}, False),
        ({"pyproject.toml": b"[build-system]\n", "setup.cfg": b"[options]\nzip_safe = no\n"}, True),
        ({"setup.py": b"from setuptools import setup\nsetup(name='x')\n"}, True),
        ({"setup.py": b"setup(packages=find_packages())\n"}, False),
        ({"setup.py": b"setup(setup_requires=['pbr'], pbr=True)\n"}, False),
        ({"setup.py": b"setup(**arguments)\n"}, False),
        ({"pyproject.toml": b"[tool]\nsetuptools = 3\n", "setup.cfg": b"packages"}, True),
    ],
)
def test_setuptools_that_finds_packages_by_itself(files: dict[str, bytes], *, finds: bool) -> None:
    """It does where neither of its three files names packages, modules or where they are."""
    assert finds_packages("", files) is finds
