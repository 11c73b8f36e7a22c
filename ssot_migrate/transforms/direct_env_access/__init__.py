"""Direct access to the process environment, onto the isolated environment.

## Why
A test that writes ``os.environ`` changes every test after it, and code that reads it from
twenty places cannot be given another configuration. One accessor, which tests can isolate
and restore, ends both.

## What changes
Every form of access to ``os.environ`` and ``os.getenv`` goes through the profile's accessor:
reads, writes, deletions, ``in``, iteration, copies, ``patch.dict`` and
``monkeypatch.setenv``/``delenv``. Only the expression that names the environment is
replaced, so arguments, comments and layout stay. In a test class that stands on the SSOT
base case the instance API is used, which undoes a write at the end of the test.

A change is safe where the accessor offers the same operation and its source is one whose
behaviour was tested: live, exact, raising ``KeyError``, writing through. Onto an accessor
that caches or cleans values, every change is for review, and a write is held together with
the readers of its key.

## Left alone
The environment module itself, ``setup.py`` and other bootstrap files; tests whose subject is
``os.environ``; code that asks which object it is, or of which type, and what is handed to such
code; a set-up that saves the environment and a tear-down that restores it, which must
move together; ``os.environ`` rebound or swapped as a whole; modules in which a
test replaces ``os`` or ``os.getenv``; code inside strings; names that may mean two things.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Role, Site
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform, nothing_else
from ssot_migrate.transforms.direct_env_access import owners, sites, strings, verdict

transform = Transform(
    id="SSOT201",
    slug="direct-env-access",
    summary="direct access to the process environment",
    words=("environ", "environb", "getenv", "getenvb", "putenv", "unsetenv", "setenv", "delenv"),
    roles=(Role.ENVIRONMENT,),
    sparse=nothing_else,
    methods=("get_env_var", "set_env_var", "delete_env_var", "temp_env_vars"),
    own=("line", "like"),
)


@transform.detect(ast.Attribute, ast.Name)
def accesses(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Names that mean the environment, one of its functions, or a monkeypatch method."""
    assert isinstance(node, ast.Attribute | ast.Name)
    return sites.access(transform.slug, node, doc)


@transform.detect(ast.Constant, ast.JoinedStr)
def mentions(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Strings that patch the environment by name, or hold code that uses it."""
    assert isinstance(node, ast.Constant | ast.JoinedStr)
    return strings.mention(transform.slug, node, doc)


@transform.detect(ast.Module)
def spoken_of(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """What the file says of ``os`` as other modules have it."""
    assert isinstance(node, ast.Module)
    return owners.spoken(transform.slug, doc)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
