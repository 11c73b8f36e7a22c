"""``ssot-migrate test-rule``: a team's own rules over their goldens."""

from __future__ import annotations

from pathlib import Path

import click

from ssot_migrate.cli.options import repository_option, trust_option
from ssot_migrate.cli.text import pour, say
from ssot_migrate.errors import ExitCode, UsageError


@click.command("test-rule")
@click.argument("rules", nargs=-1)
@repository_option
@trust_option
@click.option("--update", is_flag=True, help="Write what comes out as what is expected; read the diff.")
def command(rules: tuple[str, ...], path: str, trust: tuple[str, ...], update: bool) -> int:
    """Run RULES of your own, or all of them, over ssot-rules/RULE/before, and compare.

    Expected are the files in ssot-rules/RULE/after and the findings in ssot-rules/RULE/findings.txt.
    A second run over the result must have nothing left to change.
    """
    from ssot_migrate.workflow.golden import FOLDER, differences, run_golden, write_golden
    from ssot_migrate.workflow.requests import Request
    from ssot_migrate.workflow.team import own_rules

    top, settings, known = own_rules(path, trust)
    for name in rules or known:
        if name not in known:
            raise UsageError(f"no rule of your own is called {name!r}", hint=f"rules: {', '.join(known)}")
    failed = 0
    for name in rules or known:
        golden = Path(top, FOLDER, name)
        outcome = run_golden(golden, Request(rules=(name,), trust=trust), settings)
        if update:
            write_golden(golden, outcome)
        said = "".join(differences(golden, outcome))
        failed += bool(said)
        say(f"{'FAILED' if said else 'ok'} {name}")
        pour(said)
    return ExitCode.FAILED if failed else ExitCode.OK
