"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.decisions import load
from ssot_migrate.errors import UsageError
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, VerifyRequest, make_plan

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem
    from rich.progress import Progress, TaskID

    from ssot_migrate.transform import Transform

Decorated = Callable[..., Any]


def repository_option(command: Decorated) -> Decorated:
    """--repo, for commands whose argument is a branch."""
    folder = click.Path(exists=True, file_okay=False)
    option = click.option(
        "--repo",
        "path",
        default=".",
        type=folder,
        metavar="DIR",
        help="A folder of the repository [default: .].",
    )
    return option(command)


def trust_option(command: Decorated) -> Decorated:
    """--trust, the consent to the code of packages that settings name in ``extend``."""
    option = click.option(
        "--trust",
        multiple=True,
        metavar="PACKAGE",
        envvar="SSOT_MIGRATE_TRUST",
        help="Run the rules of this installed package, if the settings name it in `extend`; repeatable.",
    )
    return option(command)


def rules_known_at(path: str, trust: Sequence[str]) -> tuple[Transform, ...]:
    """The rules that the repository at ``path`` is looked at by; packages left out are named on stderr."""
    from ssot_migrate.cli.text import say
    from ssot_migrate.workflow.team import known_rules

    known = known_rules(path, trust)
    for package in known.untrusted:
        message = f"not asked: the rules of {package}, whose code would run here; --trust {package} if you do"
        say(message, err=True)
    return known.rules


def complete_rules(context: click.Context, parameter: click.Parameter, word: str) -> list[CompletionItem]:
    """What may stand where a rule is named; a shell gets nothing where the settings make no sense."""
    from click.shell_completion import CompletionItem

    from ssot_migrate.errors import SsotMigrateError
    from ssot_migrate.workflow.team import known_rules

    try:
        rules = known_rules(context.params.get("path") or ".", context.params.get("trust") or ()).rules
    except SsotMigrateError:
        return []
    return [CompletionItem(rule.slug, help=rule.summary) for rule in rules if rule.slug.startswith(word)]


def plan_output(command: Decorated) -> Decorated:
    """--out and --format, of the commands that make a plan."""
    forms = click.Choice(["table", "lines", "json", "sarif", "diff"])
    decorators = (
        click.option(
            "--out",
            type=click.Path(dir_okay=False),
            metavar="FILE",
            help="Seal the plan in FILE, for `apply --plan`.",
        ),
        click.option("--format", "form", type=forms, default="table"),
    )
    return _decorated(command, decorators)


def path_argument(command: Decorated) -> Decorated:
    """PATH, a folder of the repository."""
    return click.argument("path", default=".", type=click.Path(exists=True, file_okay=False))(command)


def run_options(command: Decorated) -> Decorated:
    """PATH, and ``worker_options``."""
    return path_argument(worker_options(command))


def request_options(command: Decorated) -> Decorated:
    """PATH, and ``planning_options``."""
    return path_argument(planning_options(command))


def worker_options(command: Decorated) -> Decorated:
    """--service, --no-cache, --trust and --jobs."""
    jobs = click.IntRange(min=1)
    decorators = (
        click.option(
            "--service", "services", multiple=True, metavar="S", help="Only this service; repeatable."
        ),
        click.option("--no-cache", is_flag=True, help="Read every file anew."),
        trust_option,
        click.option("--jobs", type=jobs, metavar="N", help="Worker processes [default: one a core]."),
    )
    return _decorated(command, decorators)


def planning_options(command: Decorated) -> Decorated:
    """--rule, --include, --decisions, and ``worker_options``."""
    decorators = (
        worker_options,
        click.option(
            "--rule",
            "rules",
            multiple=True,
            metavar="R",
            shell_complete=complete_rules,
            help="Only this rule (slug or id); repeatable.",
        ),
        click.option("--include", type=click.Choice(["review"]), help="Change what is for review, too."),
        click.option(
            "--decisions",
            type=click.Path(dir_okay=False),
            metavar="FILE",
            help="Plan as this file of accepted and rejected changes says.",
        ),
    )
    return _decorated(command, decorators)


def verify_options(command: Decorated) -> Decorated:
    """--test-command, --all, --timeout and --max-runs: how tests are run."""
    decorators = (
        click.option(
            "--test-command",
            default="",
            metavar="'…'",
            help="What runs the tests [default: as in the settings, else the unified runner, else pytest].",
        ),
        click.option(
            "--all", "every", is_flag=True, help="Run all tests, not only those that can be affected."
        ),
        click.option(
            "--timeout", type=click.FloatRange(min=0, min_open=True), metavar="S", help="Seconds for one run."
        ),
        click.option(
            "--max-runs",
            type=click.IntRange(min=0),
            default=100,
            help="Runs granted to the search for what breaks a branch.",
        ),
    )
    return _decorated(command, decorators)


def to_verify(options: dict[str, Any]) -> VerifyRequest:
    """The options of ``verify_options``, taken out of ``options``."""
    names = ("test_command", "every", "timeout", "max_runs")
    command, every, limit, most_runs = (options.pop(name) for name in names)
    return VerifyRequest(command, every, limit or 0, not options["no_cache"], most_runs)


def _decorated(command: Decorated, decorators: Sequence[Callable[[Decorated], Decorated]]) -> Decorated:
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def to_request(
    path: str,
    services: tuple[str, ...],
    no_cache: bool,
    jobs: int | None,
    trust: tuple[str, ...] = (),
    rules: tuple[str, ...] = (),
    include: str | None = None,
    decisions: str | None = None,
    staged: bool = False,
    new_decisions: bool = False,
) -> Request:
    """The options as the workflow wants them; ``new_decisions``: their file need not be there yet."""
    is_there = decisions and not (new_decisions and not Path(decisions).exists())
    rulings = load(Path(decisions)) if decisions and is_there else ()
    return Request(
        path,
        services,
        rules,
        include == "review",
        not no_cache,
        jobs,
        staged=staged,
        decisions=rulings,
        trust=trust,
    )


def plan_for(plan_file: str | None, request: Request) -> Plan:
    """The plan sealed in ``plan_file``, or one made now.

    Raises:
        UsageError: decisions are given that the sealed plan was not made with.
    """
    if plan_file is None:
        with Steps() as steps:
            return make_plan(request, steps)
    from ssot_migrate.plans.store import load as load_plan

    plan = load_plan(Path(plan_file))
    if request.decisions and request.decisions != plan.decisions:
        hint = "make one with `ssot-migrate plan --decisions FILE --out PLAN`"
        raise UsageError(f"{plan_file} was not made with these decisions", hint=hint)
    return plan


class Steps:
    """A progress bar on a terminal, silence in CI or in a pipe."""

    def __init__(self) -> None:
        """Watch stderr; nothing is shown before the first step."""
        self.progress = _progress() if sys.stderr.isatty() and not os.environ.get("CI") else None
        self.tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Steps:
        """Start drawing."""
        if self.progress:
            self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing and clear the line."""
        if self.progress:
            self.progress.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` files of a stage are finished."""
        if self.progress is None:
            return
        if stage not in self.tasks:
            self.tasks[stage] = self.progress.add_task(stage, total=total)
        self.progress.update(self.tasks[stage], completed=done, total=total)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
