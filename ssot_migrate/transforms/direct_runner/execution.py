"""A test run started as a command of its own, wherever that command is written."""

from __future__ import annotations

import msgspec

from ssot_migrate.model import Frozen, Site
from ssot_migrate.transforms.direct_runner.arguments import Argument
from ssot_migrate.transforms.direct_runner.programs import Runs


class Folder(Frozen, frozen=True, array_like=True):
    """The working directory of a command: repository-relative, and whether that is ``sure``.

    ``by_custom``: only as nobody does otherwise, so that paths which do not exist there prove
    it wrong. ``unknown`` says why the folder is not sure; ``outside``: it may not even lie in
    this repository, so that paths prove nothing.
    """

    path: str = ""
    sure: bool = False
    by_custom: bool = False
    unknown: str = ""
    outside: bool = False


class Execution(Frozen, frozen=True):
    """A recognised command: ``program`` are the words that name what runs, ``arguments`` those behind.

    ``locked`` says why the words must not be edited, ``doubt`` what to look at, ``read`` who reads
    the output. ``python`` is
    how to spell the interpreter where the program stands ``bare``; ``open_end``: more words may
    follow; ``recorded``: it stands in a session that was written down; ``past`` says why it tells
    what was run once; ``heeded``: its exit status decides what happens next.
    """

    runs: Runs
    program: tuple[Argument, ...]
    arguments: tuple[Argument, ...]
    folder: Folder = Folder()
    locked: str = ""
    read: str = ""
    bare: bool = False
    python: str = ""
    doubt: str = ""
    open_end: bool = False
    in_test: bool = False
    recorded: bool = False
    past: str = ""
    heeded: bool = True


def encoded(found: Execution) -> dict[str, str]:
    """The facts of a site that carries ``found``."""
    return {"execution": msgspec.json.encode(found).decode()}


def of(site: Site) -> Execution:
    """The execution that a site carries."""
    return msgspec.json.decode(site.facts["execution"], type=Execution)
