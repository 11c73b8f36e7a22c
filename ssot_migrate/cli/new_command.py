"""``ssot-migrate new``: one module and one golden folder for a rule to come."""

from __future__ import annotations

import re
from pathlib import Path

import click

from ssot_migrate.errors import Refused, UsageError

MODULE = '''"""{title}.

## Why
What goes wrong where this pattern stands.

## What changes
What it becomes, and why that means the same.

## Left alone
What is found and not edited, and why.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Advice, Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform

transform = Transform(
    id="{id}",
    slug="{slug}",
    summary="{title}",
    words=("{word}",),
)


@transform.detect(ast.Call)
def calls(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls of ``{word}``."""
    assert isinstance(node, ast.Call)
    meaning = doc.meaning(node.func)
    if meaning and meaning.dotted.rpartition(".")[2] == "{word}":
        yield doc.site(transform.slug, "call", node, hits=(doc.span(node.func).end - len("{word}"),))


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return Advice("say here what a person should do")
'''
BEFORE = '''"""The case that this file shows."""
from legacy import {word}

{word}()
'''


@click.command("new")
@click.argument("rule")
@click.option(
    "--into", default=".", type=click.Path(exists=True, file_okay=False), help="A checkout of ssot-migrate."
)
def command(rule: str, into: str) -> None:
    """Scaffold RULE (a kebab-case name for the pattern that it flags, such as direct-sleep)."""
    root = Path(into)
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule):
        raise UsageError(
            f"{rule!r} is no name for a rule", hint="kebab-case, two words or more: direct-sleep"
        )
    if not (root / "ssot_migrate" / "transforms").is_dir():
        raise UsageError(f"{root} is no checkout of ssot-migrate", hint="name one with --into")
    name = rule.replace("-", "_")
    module, golden = root / "ssot_migrate" / "transforms" / f"{name}.py", root / "tests" / "golden" / name
    for path in (module, module.with_suffix(""), golden):
        if path.exists():
            raise Refused(f"{path} exists", hint="choose another name, or remove it")
    _write(module, golden, rule)
    click.echo(f"wrote {module}\nwrote {golden}/")
    click.echo(
        "next: fill in detect and rewrite, run `pytest tests/test_golden.py --update-golden`, read the diff"
    )


def _write(module: Path, golden: Path, rule: str) -> None:
    word = rule.rpartition("-")[2]
    title = rule.replace("-", " ")
    module.write_text(MODULE.format(id=_free_id(), slug=rule, title=title, word=word), "utf-8")
    for part in ("before", "after"):
        (golden / part).mkdir(parents=True)
        (golden / part / "call.py").write_text(BEFORE.format(word=word), "utf-8")
    (golden / "findings.txt").write_text("", "utf-8")


def _free_id() -> str:
    """The first id of the hundred after the last one that is taken."""
    from ssot_migrate.engine.registry import all_rules

    last = max(int(rule.id.removeprefix("SSOT")) for rule in all_rules())
    return f"SSOT{(last // 100 + 1) * 100 + 1}"
