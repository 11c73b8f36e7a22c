"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


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


def _decorated(command: Decorated, decorators: Sequence[Callable[[Decorated], Decorated]]) -> Decorated:
    for decorator in reversed(decorators):
        command = decorator(command)
    return command
