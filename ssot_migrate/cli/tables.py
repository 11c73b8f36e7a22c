"""A plan as tables for a terminal: what would change, the ledger, the score, what went wrong."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ssot_migrate.cli.fitting import show_table
from ssot_migrate.cli.text import plain
from ssot_migrate.findings import State
from ssot_migrate.model import Safety
from ssot_migrate.plans.found import in_numbers
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.scores import overall, percent
from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.lines import problem_line, unmatched_line

_MOST = 20


def show_plan(plan: Plan) -> None:
    """Print the whole of a plan on stdout."""
    console = Console(highlight=False)
    _changes(console, plan)
    _ledger(console, plan)
    _score(console, plan)
    _unmatched(console, plan)
    _problems(console, plan)
    _summary(console, plan)


def _changes(console: Console, plan: Plan) -> None:
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in in_numbers(plan.findings):
        label = each.state.value if each.state is not State.CHANGED else f"changed ({each.safety.value})"
        counts[each.service, each.rule, label] += each.number
    if not counts:
        return
    labels = sorted({label for _, _, label in counts}, key=_rank)
    rows = sorted({(service, rule) for service, rule, _ in counts})
    table = Table("service", "migration", title="What this plan does", title_justify="left")
    for label in labels:
        table.add_column(label, justify="right")
    narrow = []
    for service, rule in rows:
        numbers = [counts[service, rule, label] for label in labels]
        table.add_row(Text(plain(service)), rule, *(str(number or "") for number in numbers))
        parts = (f"{number} {label}" for number, label in zip(numbers, labels, strict=True) if number)
        narrow.append(plain(f"{service}: {rule}: {', '.join(parts)}"))
    show_table(console, table, narrow)


def _rank(label: str) -> tuple[int, int]:
    """Where a column stands: by state, then by safety."""
    state, _, safety = label.partition(" ")
    safeties = ["", *(f"({each.value})" for each in Safety)]
    return [each.value for each in State].index(state), safeties.index(safety)


def _ledger(console: Console, plan: Plan) -> None:
    if not any(entry.total for entry in plan.ledger):
        return
    console.print(
        "[bold]Ledger[/] (every textual hit of a legacy name, in exactly one bucket)", soft_wrap=True
    )
    for entry in plan.ledger:
        if entry.total:
            parts = ", ".join(f"{count} {bucket}" for bucket, count in entry.buckets.items())
            console.print(f"  {entry.rule}: {entry.total} hits = {parts}", soft_wrap=True)


def _score(console: Console, plan: Plan) -> None:
    found = overall(plan)
    if not found.total:
        return
    sites = sum(score.sites for score in plan.scores)
    compliant = sum(score.compliant for score in plan.scores)
    note = "" if found.total == sites else ", weighted"
    counts = f"{compliant} of {sites} sites{note}"
    console.print(
        f"[bold]Compliance[/] {percent(found.today / found.total)} today ({counts}), "
        f"{percent(found.after / found.total)} after this plan",
        soft_wrap=True,
    )


def _unmatched(console: Console, plan: Plan) -> None:
    for decision in plan.unmatched[:_MOST]:
        console.print(Text(plain(f"note: {unmatched_line(decision)}"), style="yellow"), soft_wrap=True)
    if len(plan.unmatched) > _MOST:
        console.print(f"  and {len(plan.unmatched) - _MOST} more (--format lines has all)")


def _problems(console: Console, plan: Plan) -> None:
    for problem in plan.problems[:_MOST]:
        console.print(
            Text(plain(problem_line(problem)), style="yellow"),
            soft_wrap=True,
        )
    if len(plan.problems) > _MOST:
        console.print(f"  and {len(plan.problems) - _MOST} more problems (--format json has all)")


def _summary(console: Console, plan: Plan) -> None:
    foundation = sum(file.foundation for file in plan.files)
    beside = f", {foundation} of them in the foundation branch" if foundation else ""
    console.print(
        f"plan {plan.digest[:12]} on {plan.base[:12]}: {counted(len(plan.files), 'file')} to change{beside}",
        soft_wrap=True,
    )
