"""``ssot-migrate review --terminal``: change by change, one key each, every decision in the file at once."""

from __future__ import annotations

import sys
import termios
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from ssot_migrate.cli.diff_text import hunk_texts
from ssot_migrate.cli.text import plain
from ssot_migrate.decisions import Ruling
from ssot_migrate.errors import UsageError
from ssot_migrate.review.data import Material, page_data
from ssot_migrate.review.file import DecisionsFile
from ssot_migrate.review.walk import SAMPLE, Step, Walk

_RULINGS = {"a": Ruling.ACCEPT, "r": Ruling.REJECT, "u": None}
_WHOLE = {"A": Ruling.ACCEPT, "R": Ruling.REJECT}
_KEYS = (
    ("a r u", "accept, reject, undecided: this change"),
    ("A R", "accept, reject: all of the group that nobody has decided"),
    ("s", f"a random sample of {SAMPLE} of the group, or back from it"),
    ("n p", "next, previous change"),
    ("N", "next group"),
    ("q", "quit; every decision is in the file"),
    ("?", "this help"),
)
_PROMPT = Text("a r u  A R  s  n p N  q  ? ", style="bold")
_STYLE = {"accept": "green", "reject": "red", "quarantine": "red", "held": "yellow", "changed": "green"}


def review_in_terminal(material: Material, file: DecisionsFile) -> None:
    """Show one change after the other until the reviewer quits or there is none left.

    Raises:
        UsageError: there is no terminal to read keys from and to write to, or the file cannot be written.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        hint = "`ssot-migrate review` serves a page, `plan --format diff` prints"
        raise UsageError("--terminal needs a terminal", hint=hint)
    console, walk = Console(highlight=False), Walk(page_data(material), Random())
    shown = None
    with _keys() as read:
        while step := walk.step:
            if step is not shown:
                _show(console, walk, step)
            shown = step
            console.print(_PROMPT, end="")
            key = read()
            console.print(Text(plain(key)))
            if key in ("q", ""):
                break
            _act(console, walk, file, key)
    _end(console, walk, file)


@contextmanager
def _keys() -> Iterator[Callable[[], str]]:
    """What waits for the next key; "" at the end. What is typed ahead is kept."""
    descriptor = sys.stdin.fileno()
    before = termios.tcgetattr(descriptor)
    tty.setcbreak(descriptor, termios.TCSADRAIN)
    try:
        yield lambda: sys.stdin.read(1)
    finally:
        termios.tcsetattr(descriptor, termios.TCSADRAIN, before)


def _act(console: Console, walk: Walk, file: DecisionsFile, key: str) -> None:
    if key in _RULINGS:
        file.update(walk.decide(_RULINGS[key]))
        walk.next_open()
    elif key in _WHOLE:
        changed = walk.decide_group(_WHOLE[key])
        file.update(changed)
        console.print(Text(f"{_WHOLE[key].value}: {len(changed):,} changes", style="bold"))
        walk.next_group()
    elif key in _MOVES:
        _MOVES[key](walk)
    else:
        for keys, meaning in _KEYS:
            console.print(Text(f"  {keys:<7}{meaning}"))


_MOVES = {
    "n": lambda walk: walk.move(1),
    "p": lambda walk: walk.move(-1),
    "N": Walk.next_group,
    "s": Walk.sample,
}


def _show(console: Console, walk: Walk, step: Step) -> None:
    finding, group = step
    number = f"{'sample ' if walk.sampling else ''}{walk.at + 1:,}/{len(walk.trail):,}"
    console.print(Rule(Text(f"{number} · {finding['r']} · {len(group['members']):,} of one shape")))
    console.print(Text(plain(group["shape"]), style="dim"))
    console.print(Text(plain(f"{finding['p']}:{finding['l']} {finding['c']}"), style="bold"))
    state = walk.ruling(step) or finding["st"]
    words = Text.assemble((state, _STYLE.get(state, "")), f", safety {finding['sa']}: {plain(finding['m'])}")
    console.print(words)
    if odd := walk.outlier(step):
        console.print(Text(f"outlier: {plain(odd)}", style="yellow"))
    if "x" in finding:
        console.print(Text(plain(finding["x"]), style="red"))
    for text in hunk_texts(finding, walk.lines[finding["p"]]):
        console.print(text)


def _end(console: Console, walk: Walk, file: DecisionsFile) -> None:
    made = sum(bool(ruling) for ruling in walk.rulings.values())
    console.print(Text(f"{made:,} decided; next: ssot-migrate apply --decisions {plain(str(file.path))}"))
