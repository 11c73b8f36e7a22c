"""Tables where they fit; where the terminal is too narrow for whole names, the same in lines."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

_WIDE = 10_000


def show_table(console: Console, table: Table, lines: Iterable[str]) -> None:
    """Print ``table``, or its title and ``lines`` where a cell of it would be cut or folded."""
    needed = Measurement.get(console, console.options.update(width=_WIDE), table).maximum
    if needed <= console.width:
        console.print(table)
        return
    console.print(Text(str(table.title or ""), style="italic"))
    for line in lines:
        console.print(Text(line), soft_wrap=True)
