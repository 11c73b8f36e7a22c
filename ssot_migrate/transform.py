"""The declaration of one migration: the only thing that a rule's author imports besides the model."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

from ssot_migrate.edits import Span
from ssot_migrate.model import Advice, Change, Command, Role, Site, Source
from ssot_migrate.settings.model import CATEGORIES, TEAM_CATEGORY

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository
    from ssot_migrate.languages.python import PythonDocument
    from ssot_migrate.profile import Profile

NodeDetector = Callable[[ast.AST, "PythonDocument"], Iterator[Site]]
CommandDetector = Callable[[Command, Source], Iterator[Site]]
PlaceFinder = Callable[[str, bytes], Iterable[int]]
FileDetector = Callable[[Source], Iterator[Site]]
PathFinder = Callable[[Iterable[str]], Iterable[str]]
SpanFinder = Callable[[bytes], Iterable[Span]]
Outcome = Change | Advice | None
Asker = Callable[[Site, "Repository"], Iterable[tuple[str, str]]]
Preparer = Callable[["Repository"], None]
Rewriter = Callable[[Site, "Repository", "Profile"], Outcome]


class Transform:
    """One rule: what it looks for and what becomes of it.

    ``words`` are the legacy names whose every textual hit the ledger accounts for; a
    file that holds none of them (nor of ``also``) is never parsed for this rule.
    ``detect`` sees a tree and no repository, ``rewrite`` the repository and no file; both are pure.
    """

    preparer: Preparer | None = None

    def __init__(
        self,
        *,
        id: str,
        slug: str,
        summary: str,
        words: Iterable[str] = (),
        also: Iterable[str] = (),
        beside: Iterable[str] = (),
        command_words: Iterable[str] = (),
        command_also: Iterable[str] = (),
        roles: Iterable[Role] = (),
        methods: Iterable[str] = (),
        classes: bool = False,
        class_names: str = "",
        places: PlaceFinder | None = None,
        sparse: SpanFinder | None = None,
        heads: bool = False,
        counted: bool = False,
        category: str = "",
        among: PathFinder | None = None,
        own: Iterable[str] = (),
    ) -> None:
        """Declare a rule; a use of a symbol of ``roles`` or of ``self.<method>`` is a compliant site.

        ``also`` words open a file for the rule as ``words`` do, where one of ``beside`` stands
        in it (if any are given), but are no legacy names. ``command_words`` and ``command_also`` take
        the place of both in files that carry shell commands. ``classes``: the rule needs the facts of
        every class that may derive from one of ``words``, or from one whose name matches the
        regular expression ``class_names`` (or is one), and of those beside them. ``places``
        serves a rule that no word tells: it names, from the path and bytes of a Python file,
        offsets at which the rule must look, and has to be quick, since it sees every file.
        ``counted``: what stands there is legacy as a word is, and the ledger accounts for it.
        ``sparse``: the rule looks into no function but those in which its words or places
        stand, and those that meet the spans which this gives for the text of a file. Other
        functions may then come without their bodies, which saves parsing them.
        Where a name must be followed through a whole file, ``doc.lines_with`` sees to it. ``heads``: what
        stands in front of a body, in decorators or defaults, is no reason for it to look into that.
        ``category`` is what the score counts the rule under; none: that of its id's hundred.
        ``among`` names those of all paths whose files ``detect_file`` is shown.
        ``own`` are facts of a site whose value no decision on another file reads; ``line`` is one where
        others only say it, in a message that has the path. What shifts them then leaves others remembered.
        """
        self.id, self.slug, self.summary, self.classes = id, slug, summary, classes
        self.roles, self.methods, self.class_names = tuple(roles), tuple(methods), class_names
        self.places, self.sparse, self.heads, self.counted = places or _no_places, sparse, heads, counted
        self.among, self.own = among, frozenset(own)
        self.words, self.also, self.beside = map(_encoded, (words, also, beside))
        self.command_words = _encoded(command_words) or self.words
        self.command_also = _encoded(command_also) or self.also
        self.detectors: dict[type[ast.AST], list[NodeDetector]] = {}
        self.command_detectors: list[CommandDetector] = []
        self.file_detectors: list[FileDetector] = []
        self.rewriter: Rewriter = _no_rewrite
        self.asker: Asker | None = None
        self.category = category or CATEGORIES.get(id.removeprefix("SSOT")[:1], TEAM_CATEGORY)
        self.help = _page(inspect.currentframe())
        if not re.fullmatch(r"SSOT\d{3}", id) or not re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", slug):
            raise ValueError(f"rule {id} {slug}: an id is SSOTnnn, a slug is kebab-case")

    def detect(self, *kinds: type[ast.AST]) -> Callable[[NodeDetector], NodeDetector]:
        """Register a detector for node types."""

        def register(detector: NodeDetector) -> NodeDetector:
            for kind in kinds:
                self.detectors.setdefault(kind, []).append(detector)
            return detector

        return register

    def detect_command(self, detector: CommandDetector) -> CommandDetector:
        """Register a detector for shell commands in non-Python files."""
        self.command_detectors.append(detector)
        return detector

    def detect_file(self, detector: FileDetector) -> FileDetector:
        """Register a detector for the bytes of files that ``among`` names; a site of it cannot be edited."""
        self.file_detectors.append(detector)
        return detector

    def asks(self, asker: Asker) -> Asker:
        """Register what must be known of a site before it is decided: whether a word stands in a file.

        The asker yields pairs of a repository path and a word; ``Repository.mentions`` has the answers.
        The path ``""`` asks all files, which costs reading each; ``Repository.mentioning`` names those.
        """
        self.asker = asker
        return asker

    def prepares(self, preparer: Preparer) -> Preparer:
        """Register what makes ready, for all processes, answers of the index that few rules ask for."""
        self.preparer = preparer
        return preparer

    def rewrite(self, rewriter: Rewriter) -> Rewriter:
        """Register the function that decides a site."""
        self.rewriter = rewriter
        return rewriter


def _page(constructor: FrameType | None) -> str:
    """The docstring of the module that declares a rule."""
    caller = constructor.f_back if constructor else None
    return inspect.cleandoc(caller.f_globals.get("__doc__") or "") if caller else ""


def nothing_else(text: bytes) -> Iterable[Span]:
    """The ``sparse`` of a rule that looks at functions with its words or places in them, and no others."""
    return ()


def _encoded(words: Iterable[str]) -> tuple[bytes, ...]:
    return tuple(word.encode() for word in words)


def _no_places(path: str, data: bytes) -> Iterable[int]:
    return ()


def _no_rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    return Advice("this rule has no rewrite yet")
