"""Tests started past the unified runner, onto the unified runner.

## Why
A repository whose tests are started by ``pytest.main`` here, ``unittest.main`` there and a
shell line elsewhere has as many opinions on what to run, which services to start and which
report to write. One runner, called with one set of options, ends that.

## What changes
``pytest.main([...])`` and ``unittest.main()`` become calls of the runner's ``main``, imported
beside the call; what became of the exit status (ignored, passed to ``sys.exit``) stays as it
was. Commands (``pytest``, ``python -m pytest``, ``coverage run -m pytest``, ``python -m unittest``)
call the runner instead: in argument lists and strings of Python code and in Makefiles, shell
scripts, CI files, tox, package.json and fences of Markdown. Only words are edited. Options that
the runner takes itself are translated; from the first other option on, all words follow behind
``--``, which the runner hands to pytest as they are. Modules then run in an order of the runner's
own, which suites may not stand whose modules count on each other: lower layers first, then what
failed the last time, then what is quick. Inside a module the order stays.

A change is safe where the runner's source is one whose exit status was tested, the runner can
be imported or is reached by a path that is known to be right, every option keeps its meaning,
and nothing depends on the exit status. That differs in one case: where every test is skipped,
the runner ends with 5 and pytest with 0. So a step of CI, a recipe, a script and a call whose
status is passed on or checked are for review: it may be red after the change where it was green.
Safe are calls whose result is dropped, ``|| true``, recipes with ``-``, and commands of documents.

## Left alone
Commands of documents that are records of the past: changelogs, and what stands below a dated
heading, a line such as ``Date: 2025-01-31``, or in a file with a date in its name. What was run
then stays what it was. Lines that date the document itself (``Last updated``) make no record.

Runs whose words or working directory are not known; commands that run in a container or an
image; plugins given as objects; suites built by hand; tests that run pytest as their subject;
scripts that are started where the repository's root is not on the import path; options that
ask pytest a question. Of ``python -m unittest``, names that cannot be found.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Command, Role, Site, Source
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform, nothing_else
from ssot_migrate.transforms.direct_runner import calls, processes, shell_strings, verdict

transform = Transform(
    id="SSOT501",
    slug=verdict.RULE,
    summary="tests started past the unified runner",
    words=(*calls.WORDS, *processes.WORDS),
    command_words=("pytest", "py.test", "unittest"),
    command_also=("executable", "python", "python3"),
    places=processes.places,
    roles=(Role.RUNNER,),
    sparse=nothing_else,
    own=("line", "like", "call", "execution"),
)


@transform.detect(ast.Call)
def runs(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls that run tests in the process, or start a process that does."""
    assert isinstance(node, ast.Call)
    yield from calls.in_process(transform.slug, node, doc)
    word_by_word = list(processes.in_call(transform.slug, node, doc))
    yield from word_by_word or shell_strings.in_string(transform.slug, node, doc)


@transform.detect(ast.ImportFrom)
def bare_names(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls of a ``main`` that was imported by its own name."""
    assert isinstance(node, ast.ImportFrom)
    yield from calls.of_import(transform.slug, node, doc)


@transform.detect(ast.List, ast.Tuple)
def argument_lists(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Argument lists that run tests."""
    assert isinstance(node, ast.List | ast.Tuple)
    yield from processes.in_list(transform.slug, node, doc)


@transform.detect_command
def shell_commands(command: Command, source: Source) -> Iterator[Site]:
    """Commands that run tests, in files that are not Python."""
    from ssot_migrate.transforms.direct_runner import carriers  # with readers of formats that Python has not

    yield from carriers.in_commands(transform.slug, command, source)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
