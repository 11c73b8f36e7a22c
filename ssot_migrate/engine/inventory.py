"""Which files a run looks at, and what each is read as."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ssot_migrate.findings import Problem
from ssot_migrate.model import FileKind, Frozen, Source


class Item(NamedTuple):
    """A file to scan: where it is, its blob id, and its bytes where they are not in the work tree.

    ``classes``: the facts of all its classes are wanted; ``asked``: rules that are shown its bytes.
    """

    path: str
    oid: str
    mode: str
    kind: FileKind
    data: bytes | None = None
    classes: bool = False
    asked: tuple[str, ...] = ()


class Unread(Frozen, frozen=True):
    """An item whose working-tree bytes are not those of its blob (a filter, an edit in between)."""

    path: str


_BACKUP = re.compile(
    r"\.py[._-]?(?:backups?|bak|old|orig|original|copy|saved?)[._-]?\d*$|\.py~$", re.IGNORECASE
)
_SUFFIXES = {
    ".py": FileKind.PYTHON,
    ".sh": FileKind.SHELL,
    ".bash": FileKind.SHELL,
    ".mk": FileKind.MAKE,
    ".dockerfile": FileKind.DOCKERFILE,
    ".Dockerfile": FileKind.DOCKERFILE,
    ".yml": FileKind.YAML,
    ".yaml": FileKind.YAML,
    ".md": FileKind.MARKDOWN,
}
_NAMES = {
    "Makefile": FileKind.MAKE, "GNUmakefile": FileKind.MAKE, "makefile": FileKind.MAKE,
    "Dockerfile": FileKind.DOCKERFILE, "Containerfile": FileKind.DOCKERFILE,
    "tox.ini": FileKind.INI, "setup.cfg": FileKind.INI,
    "pytest.ini": FileKind.INI, ".pytest.ini": FileKind.INI,
    "pyproject.toml": FileKind.TOML, "tox.toml": FileKind.TOML,
    "pytest.toml": FileKind.TOML, ".pytest.toml": FileKind.TOML,
    "package.json": FileKind.JSON,
}  # fmt: skip

_INTERPRETER = re.compile(
    rb"#![ \t]*(?:\S*/)?(?:env[ \t]+(?:-S[ \t]*)?(?:\w+=\S*[ \t]+)*(?:\S*/)?)?"
    rb"(python[\d.]*|(?:ba|da|z|k|a)?sh)(?=[ \t\r\n]|\Z)"
)


def kind_by_name(path: str) -> FileKind | None:
    """What a path is read as, by its name alone; None for what no rule reads."""
    name = path.rpartition("/")[2]
    if known := _NAMES.get(name):
        return known
    dot = name.rfind(".")
    kind = _SUFFIXES.get(name[dot:]) if dot > 0 else None
    if kind is None and name.startswith("Dockerfile.") and not name.endswith(".dockerignore"):
        return FileKind.DOCKERFILE
    return FileKind.BACKUP if kind is None and _BACKUP.search(name) else kind


def is_bare(path: str) -> bool:
    """Whether the name of a file tells nothing of what it is: it has no suffix."""
    return "." not in path.rpartition("/")[2]


def kind_by_first_line(data: bytes) -> FileKind | None:
    """What the interpreter that a script names makes of it; None for any that no rule reads."""
    found = _INTERPRETER.match(data)
    if found is None:
        return None
    return FileKind.PYTHON if found[1].startswith(b"python") else FileKind.SHELL


def is_read(item: Item, commands: bool) -> bool:
    """Whether anything is looked for in a file; ``commands``: in those that are not Python."""
    return item.kind is FileKind.PYTHON or bool(item.asked) or (commands and item.kind is not FileKind.BACKUP)


def read_item(item: Item, root: str) -> Source | Problem | Unread:
    """The bytes of an item, proven to be those of its blob."""
    from ssot_migrate.plans.model import blob_id

    if item.data is not None:
        return Source(item.path, item.data, item.oid, item.kind, item.mode)
    try:
        with open(f"{root}/{item.path}", "rb", buffering=0) as stream:
            data = stream.read()
    except FileNotFoundError:
        return Unread(item.path)
    except (OSError, ValueError) as error:
        return Problem(item.path, "access", f"cannot be read: {error}")
    if blob_id(data, len(item.oid)) != item.oid:
        return Unread(item.path)
    return Source(item.path, data, item.oid, item.kind, item.mode)


def dealt(items: Sequence[Item], wanted: int) -> list[Sequence[Item]]:
    """``items`` in at most ``wanted`` parts, in turn, so that the files of each folder go to all of them."""
    return [items[start::wanted] for start in range(min(wanted, len(items)))]
