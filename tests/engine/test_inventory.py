"""What a file is read as."""

from __future__ import annotations

import pytest

from ssot_migrate.engine.inventory import kind_by_name
from ssot_migrate.model import FileKind


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/b.py", FileKind.PYTHON),
        ("a/b.py.bak", FileKind.BACKUP),
        ("a/b.py~", FileKind.BACKUP),
        ("a/b.pyc", None),
        ("a/b.sh", FileKind.SHELL),
        ("b.bash", FileKind.SHELL),
        ("b.fish", None),
        ("bin/run", None),
        ("a/Makefile", FileKind.MAKE),
        ("GNUmakefile", FileKind.MAKE),
        ("x.mk", FileKind.MAKE),
        ("Dockerfile", FileKind.DOCKERFILE),
        ("Dockerfile.test", FileKind.DOCKERFILE),
        ("test.dockerfile", FileKind.DOCKERFILE),
        ("test.Dockerfile", FileKind.DOCKERFILE),
        ("Dockerfile.md", FileKind.MARKDOWN),
        ("Dockerfile.dockerignore", None),
        ("Containerfile", FileKind.DOCKERFILE),
        (".gitlab-ci.yml", FileKind.YAML),
        ("a.yaml", FileKind.YAML),
        ("README.md", FileKind.MARKDOWN),
        ("tox.ini", FileKind.INI),
        ("setup.cfg", FileKind.INI),
        ("pytest.ini", FileKind.INI),
        ("svc/pytest.toml", FileKind.TOML),
        ("other.ini", None),
        ("a/pyproject.toml", FileKind.TOML),
        ("tox.toml", FileKind.TOML),
        ("Cargo.toml", None),
        ("package.json", FileKind.JSON),
        ("tsconfig.json", None),
        ("LICENSE", None),
    ],
)
def test_kinds_are_told_by_name(path: str, kind: FileKind | None) -> None:
    """Whole names and extensions decide, before a byte is read; all else is left out."""
    assert kind_by_name(path) is kind
