"""What is remembered of one file: plain data, cached by blob id and joined into the index."""

from __future__ import annotations

import msgspec

from ssot_migrate.edits import Span
from ssot_migrate.findings import Problem, Suppression
from ssot_migrate.languages.layout import Layout
from ssot_migrate.model import Frozen, Site


class MethodFact(Frozen, frozen=True, array_like=True):
    """A function in a class body; ``yields`` is told of async tests, ``returns`` (a value) of others."""

    name: str
    line: int
    is_async: bool = False
    decorators: tuple[str, ...] = ()
    yields: bool = False
    returns: bool = False


class ClassFact(Frozen, frozen=True):
    """A class statement. ``bases`` are dotted objects; ``"?"`` for an expression that is no name."""

    name: str
    line: int
    span: Span
    bases: tuple[str, ...]
    methods: tuple[MethodFact, ...]
    attributes: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    local: bool = False


class ImportFact(Frozen, frozen=True, array_like=True):
    """A module-level import or alias (``Base = other.Base``): local name and dotted object.

    ``certain``: the name has no other meaning in the module; ``relative``: by leading dots,
    so that ``dotted``, counted from the repository's root, need not be importable as such.
    ``name`` is empty for the submodule that ``import a.b`` loads besides ``a``.
    """

    name: str
    dotted: str
    certain: bool = True
    relative: bool = False


class HitCount(Frozen, frozen=True, array_like=True):
    """Textual hits of one rule's words that are no site, by why they are none."""

    rule: str
    total: int
    strings: int = 0
    comments: int = 0
    imports: int = 0
    other_names: int = 0


class Sketch(Frozen, frozen=True, array_like=True):
    """Names that a file binds, each with the words of what it is bound to; ``star``: it hands all on."""

    ties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    star: bool = False


class Head(Frozen, frozen=True):
    """Of a ``FileScan`` only where its imports stand, packed."""

    head: bytes = b""


class Names(Frozen, frozen=True):
    """Of a ``FileScan`` only the Python files that its strings name."""

    names_files: tuple[str, ...] = ()


class Taking(Frozen, frozen=True):
    """Of a ``FileScan`` only whether it takes folders off ``sys.path``."""

    path: str
    takes_path: bool = False


class Named(Frozen, frozen=True):
    """Of a ``ClassFact`` only its name."""

    name: str


class Defining(Frozen, frozen=True):
    """Of a ``FileScan`` only the names of its classes."""

    path: str
    classes: tuple[Named, ...] = ()


class Links(Frozen, frozen=True):
    """What ties a file to others: its imports and classes.

    ``classes`` are all of the file where ``FileScan.classes_seen``, else those around its sites.
    ``exported`` is a literal ``__all__``. ``takes_path``: it takes folders off ``sys.path``.
    ``script``: it may be started by its path. ``loads_tests``: so started, it loads tests of other modules.
    ``names_files`` are the Python files that its strings name by their paths, if it is a test's.
    """

    path: str
    oid: str
    imports: tuple[ImportFact, ...] = ()
    aliases: tuple[ImportFact, ...] = ()
    classes: tuple[ClassFact, ...] = ()
    exported: tuple[str, ...] | None = None
    parsed: bool = False
    takes_path: bool = False
    script: bool = False
    loads_tests: bool = False
    names_files: tuple[str, ...] = ()

    def gives(self, name: str) -> bool:
        """Whether a star import of this file may bind ``name``."""
        return not name.startswith("_") if self.exported is None else name in self.exported


class FileScan(Links, frozen=True):
    """Everything that later stages know of one file besides its bytes.

    ``facts`` is a digest of what decisions on *other* files may depend on.
    ``asked`` are the rules that were shown its bytes. ``head`` is the packed ``layout`` of a file with
    sites: only who edits imports looks into it, and it is as much again as all the imports of the index.
    ``effect`` is the first thing that a module does while it is loaded, but define and import; of one
    that is not parsed, a line that may do so.
    """

    sites: tuple[Site, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    hits: tuple[HitCount, ...] = ()
    compliant: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    head: bytes = b""
    encoding: str = "utf-8"
    facts: str = ""
    classes_seen: bool = False
    generated: bool = False
    asked: tuple[str, ...] = ()
    effect: str = ""

    @property
    def layout(self) -> Layout | None:
        """Where the imports stand that an edit may change, if the file has sites."""
        return msgspec.msgpack.decode(self.head, type=Layout) if self.head else None
