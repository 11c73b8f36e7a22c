"""How an argument list for pytest becomes one for the unified runner, by the table of options."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_migrate.edits import Edit
from ssot_migrate.transforms.direct_runner.arguments import Argument, after, become, before
from ssot_migrate.transforms.direct_runner.options import LIMITS, OPTIONS, Option

VERBATIM = "--"
SKIPPED = "where every test is skipped, the runner ends with 5 and pytest with 0"
UNHEEDED = "nothing here depends on its exit status"
_CLUSTER = re.compile("-[a-z]{2,}")


class Mapped(NamedTuple):
    """Edits on an argument list, and what speaks against them: ``refusal`` for good, ``doubt`` for review."""

    edits: tuple[Edit, ...] = ()
    refusal: str = ""
    doubt: str = ""


class _Step(NamedTuple):
    """Words that the runner takes: where they begin, how many words, and what becomes of them."""

    start: int
    width: int
    edits: tuple[Edit, ...] = ()


def mapped(arguments: Sequence[Argument], open_end: bool = False) -> Mapped:
    """Map pytest arguments to the runner's, in their order.

    From the first word that the runner does not take itself, everything stays as it is
    behind ``--``. ``open_end``: words may follow that are not seen here.
    """
    steps = list(_own(arguments))
    taken = _settled(arguments, steps, open_end)
    edits = [edit for step in steps if step.start < taken for edit in step.edits]
    if taken < len(arguments):
        edits.append(before(arguments[taken], VERBATIM))
    elif open_end and arguments:
        edits.append(after(arguments[-1], VERBATIM))
    return Mapped(tuple(edits), doubt=_doubt(arguments))


def question(arguments: Sequence[Argument]) -> str:
    """Why these words run no test, if they ask pytest something instead."""
    asked = (a.text for a in arguments if a.whole and OPTIONS.get(a.text, Option()).question)
    return next((f"{text} asks pytest a question and runs no test" for text in asked), "")


def takes_next(argument: Argument) -> bool:
    """Whether the word after this one is its value."""
    return argument.whole and OPTIONS.get(argument.text, Option()).value


def _own(arguments: Sequence[Argument]) -> Iterator[_Step]:
    """The leading words that the runner takes."""
    position = 0
    while position < len(arguments):
        step = _step(arguments, position)
        if step is None:
            return
        yield step
        position += step.width


def _settled(arguments: Sequence[Argument], steps: Sequence[_Step], open_end: bool) -> int:
    """How many words the runner may take: it hands paths on last, so none may follow ``--``."""
    taken = sum(step.width for step in steps)
    paths = [step.start for step in steps if _is_path(arguments[step.start])]
    if not paths:
        return taken
    scattered = paths != list(range(paths[0], paths[-1] + 1))
    return paths[0] if scattered or open_end or not _closed(arguments[taken:]) else taken


def _closed(arguments: Sequence[Argument]) -> bool:
    """Whether these words hold no path, and the last of them would not swallow one that follows."""
    position = 0
    while position < len(arguments):
        argument = arguments[position]
        if takes_next(argument) and position + 1 < len(arguments) and not arguments[position + 1].many:
            position += 2
        elif argument.many or not _complete(argument):
            return False
        else:
            position += 1
    return True


def _complete(argument: Argument) -> bool:
    """Whether no other word belongs to this one."""
    if argument.text.startswith("--"):
        switch = argument.whole and argument.text in OPTIONS and not takes_next(argument)
        return switch or "=" in argument.text
    names = _letters(argument) or [argument.text[:2]]
    known = [OPTIONS[name] for name in names if name in OPTIONS]
    attached = len(argument.text) > 2 and known[:1] != [] and known[0].value
    return attached or (len(known) == len(names) and not any(option.value for option in known))


def _step(arguments: Sequence[Argument], position: int) -> _Step | None:
    """The words at ``position``, if the runner takes them."""
    argument = arguments[position]
    if _is_path(argument):
        return _Step(position, 1)
    name, equals, value = argument.text.partition("=")
    option = OPTIONS.get(name)
    if not (argument.whole and argument.plain) or (_limit(argument) and sum(map(_limit, arguments)) > 1):
        return None
    if option is None:
        letters = [OPTIONS.get(letter, Option()) for letter in _letters(argument)]
        return _Step(position, 1) if letters and all(o.own and not o.value for o in letters) else None
    if not option.own or (equals and not name.startswith("--")):
        return None
    if not option.value:
        return None if equals else _Step(position, 1, _renamed(argument, name, option))
    if not equals:
        following = arguments[position + 1 : position + 2]
        value = following[0].text if following and following[0].whole else ""
    if not re.fullmatch(option.legal, value, re.DOTALL):
        return None
    return _Step(position, 1 if equals else 2, _renamed(argument, name, option))


def _renamed(argument: Argument, name: str, option: Option) -> tuple[Edit, ...]:
    new = option.own + argument.text[len(name) :]
    return (become(argument, new),) if new != argument.text else ()


def _letters(argument: Argument) -> list[str]:
    """The options of a cluster such as ``-xvs``."""
    return [f"-{letter}" for letter in argument.text[1:]] if _CLUSTER.fullmatch(argument.text) else []


def _limit(argument: Argument) -> bool:
    return argument.text.partition("=")[0] in LIMITS or "-x" in _letters(argument)


def _is_path(argument: Argument) -> bool:
    return argument.stands_for == "path" or (bool(argument.text) and not argument.text.startswith("-"))


def _doubt(arguments: Sequence[Argument]) -> str:
    for argument in arguments:
        name = argument.text.partition("=")[0] if argument.text.startswith("--") else argument.text[:2]
        if doubt := OPTIONS.get(name, Option()).doubt:
            return f"{name} {doubt}, for the runner too"
    return ""
