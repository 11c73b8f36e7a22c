"""A check as tables for a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ssot_migrate.cli.fitting import show_table
from ssot_migrate.cli.text import plain
from ssot_migrate.compliance.formats.sentences import evidence, verdict, what, what_line
from ssot_migrate.compliance.model import CheckReport
from ssot_migrate.compliance.score import by_service, ratio
from ssot_migrate.plans.scores import percent
from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.lines import problem_line

_MOST = 30


def show_check(report: CheckReport) -> None:
    """Print score, evidence, and what fails, on stdout."""
    console = Console(highlight=False)
    _scores(console, report)
    _failing(console, report)
    console.print(f"[bold]Compliance[/] {percent(report.score)}")
    for line in evidence(report):
        console.print(Text.assemble(("Tests ", "bold"), line), soft_wrap=True)
    style = "green" if report.holds else "red"
    console.print(Text(verdict(report), style=style), soft_wrap=True)


def _scores(console: Console, report: CheckReport) -> None:
    if not report.categories:
        return
    names = sorted({row.category for row in report.categories})
    table = Table("service", title="Compliant sites of all sites", title_justify="left")
    for name in (*names, "score"):
        table.add_column(name, justify="right")
    narrow = []
    for service, rows in by_service(report.categories).items():
        cells = {row.category: f"{row.compliant}/{row.sites}" for row in rows}
        table.add_row(Text(plain(service)), *(cells.get(name, "") for name in names), percent(ratio(rows)))
        parts = (f"{name} {cells[name]}" for name in names if name in cells)
        narrow.append(plain(f"{service}: {percent(ratio(rows))}: {', '.join(parts)}"))
    show_table(console, table, narrow)


def _failing(console: Console, report: CheckReport) -> None:
    lines = [
        *(f"{v.finding.path}:{v.finding.line}: {v.finding.rule}: {what(v)}" for v in report.failing),
        *(f"{line.key.path}: {what_line(line)}" for line in report.fixed),
    ]
    for line in lines[:_MOST]:
        console.print(Text(plain(line)), soft_wrap=True)
    if len(lines) > _MOST:
        console.print(f"  and {counted(len(lines) - _MOST, 'place')} more (--format json has all)")
    for problem in report.problems[:_MOST]:
        console.print(Text(plain(problem_line(problem)), style="yellow"), soft_wrap=True)
