"""The words of a command line, whether they stand in shell text or in a Python list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ssot_migrate.edits import Edit, Span
from ssot_migrate.model import Command, Frozen, Word

_EXPANSION = re.compile(r"[$`]|\{\w*\}|\{\{")
_LITERAL_HEAD = re.compile(r"""[^$`*?\[{}"'\\~]*""")


class Argument(Frozen, frozen=True, array_like=True):
    """One word, as far as it is known before anything runs.

    ``text`` is the value, or its literal beginning where not ``whole``; ``many``: it may turn
    out as any number of words; ``plain``: the bytes of ``span`` are the value. ``joint``
    separates two words inside quotes; ``quote`` is set where ``span`` is a whole Python
    expression, so that a neighbour must bring quotes of its own. ``stands_for`` names what an
    expression is known to be: ``python``, ``path``, or a folder of programs with ``pytest`` in it.
    """

    text: str
    span: Span
    whole: bool = True
    many: bool = False
    plain: bool = True
    joint: str = " "
    quote: str = ""
    stands_for: str = ""

    def is_option(self, *names: str) -> bool:
        """Whether the word is exactly one of ``names``."""
        return self.whole and self.text in names


def argument(word: Word, command: Command, data: bytes) -> Argument:
    """What is known of a shell word before the shell has seen it."""
    raw = word.span.slice(data).decode()
    if word.plain:
        return Argument(word.text, word.span, joint=command.joint)
    quoted = raw[:1] in ("'", '"') and raw[-1:] == raw[:1] and len(raw) > 1
    if (
        quoted
        and raw[:1] not in raw[1:-1]
        and (raw[0] == "'" or not _EXPANSION.search(raw))
        and "\\" not in raw
    ):
        return Argument(raw[1:-1], word.span, plain=False, joint=command.joint)
    head = _LITERAL_HEAD.match(raw.lstrip("\"'"))
    tool = "pytest" if raw.endswith("/bin/pytest") else ""
    return Argument(
        head[0] if head else "",
        word.span,
        whole=False,
        many=not quoted and not tool,
        plain=False,
        joint=command.joint,
        stands_for=tool,
    )


def become(argument: Argument, *words: str) -> Edit:
    """Put ``words`` in the place of a plain argument."""
    return Edit(argument.span.start, argument.span.end, argument.joint.join(words))


def before(argument: Argument, word: str) -> Edit:
    """Insert ``word`` in front of ``argument``."""
    lead = f"{argument.quote}{word}{argument.quote}, " if argument.quote else f"{word}{argument.joint}"
    return Edit(argument.span.start, argument.span.start, lead)


def after(argument: Argument, word: str) -> Edit:
    """Insert ``word`` behind ``argument``."""
    tail = f", {argument.quote}{word}{argument.quote}" if argument.quote else f"{argument.joint}{word}"
    return Edit(argument.span.end, argument.span.end, tail)


def replaced(old: Sequence[Argument], *words: str) -> Edit:
    """Put ``words`` in the place of consecutive arguments that share one ``joint``."""
    return Edit(old[0].span.start, old[-1].span.end, old[0].joint.join(words))


def literal(words: Sequence[Argument], position: int) -> str:
    """The word at ``position`` where all of it is known, else nothing."""
    return words[position].text if position < len(words) and words[position].whole else ""
