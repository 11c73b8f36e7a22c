"""Docker started by hand, past the unified Docker manager.

## Why
``docker compose up`` in a fixture, ``docker stop`` in a shell script and a ``DockerManager`` class
in three services each know other container names, ports and ways to wait. What one of them leaves
running breaks the next; what one prunes belonged to another. One manager starts what a suite
needs, waits until it is healthy, and takes down what it started and nothing else.

## What changes
Classes that manage containers on their own (``Docker``, ``Container`` or ``Compose`` in the name,
Docker in the body) are compared over the whole repository: they count as copies if all that they
do is the same, names followed through imports. Of the copies in one service one stays, and an
import takes the place of the others. Copies with state in the class wait for review.

Commands are advice, and it tells what the manager does instead. No edit of the words alone could be
right: the manager is a Python object that names, labels and owns its containers, and a container
that a command started is not its own. Found are ``docker``, ``docker compose`` and
``docker-compose`` in argument lists, in strings handed to a shell, in shell scripts, Makefiles, CI
files, tox and package.json, and clients that test code makes of the Docker SDK.

## Why no command is edited
Each advice ends with its reason. These are those on netra-systems/zen, `beta-preview-2`, 389 in all,
as ``ssot-migrate plan --rule docker-command --format lines`` gives them after ``init``:

* 125 name containers or list them (``exec``, ``logs``, ``ps``, ``inspect``, ``port`` …): the containers
  of the manager have names of its own, and somebody has to say which service is meant.
* 59 stand in shell scripts and CI files: the manager is an object of Python.
* 58 end containers (``stop``, ``rm``, ``down``), those of other processes as well; the manager ends its own.
* 51 start some. What they start keeps its name and outlives the process; what the manager starts has
  another name, is on another network, and ends with it. Of the 18 ``compose up`` among all, six name
  their file in full, and the manager can read none: three are not in the repository, three set ``ulimits``.
* 31 look whether there is an engine, by exit status and output; the manager raises.
* 28 are classes and 16 clients, which a person must take apart; 11 remove what is not the project's;
  10 do what the manager does not.

A pair of ``up`` and ``down`` in one fixture comes nearest to an edit; even there the words alone do not
show that no other code counts on the names, and no such pair with a file that the manager reads was found.

## Left alone
Commands that build, push or pull images, log in to registries, or run a program in an image and
end with it (``docker run`` without ``-d``): the manager is for services. Documents and Dockerfiles,
which start nothing here; files that deploy, by their name or folder; words run in a container.
Code that is installed as a package, for which Docker may be the product; a project that is itself
the SDK; words in messages.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Command, Role, Site, Source
from ssot_migrate.profile import Profile
from ssot_migrate.transform import Outcome, Transform
from ssot_migrate.transforms.docker_command import carriers, clients, managers, processes, verdict

if TYPE_CHECKING:
    from ssot_migrate.index.repository import Repository

transform = Transform(
    id="SSOT603",
    slug="docker-command",
    summary="Docker started by hand",
    words=("docker",),
    roles=(Role.DOCKER,),
    sparse=managers.read_whole,
)


@transform.detect(ast.Call)
def calls(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Calls that run Docker by their arguments, by a shell string, or by the SDK."""
    assert isinstance(node, ast.Call)
    yield from processes.in_call(transform.slug, node, doc)
    yield from clients.client(transform.slug, node, doc)


@transform.detect(ast.List, ast.Tuple)
def argument_lists(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Argument lists that run Docker."""
    assert isinstance(node, ast.List | ast.Tuple)
    return processes.in_list(transform.slug, node, doc)


@transform.detect(ast.Assign)
def variables(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Strings that run Docker, given a name before a shell gets them."""
    assert isinstance(node, ast.Assign)
    return processes.in_variable(transform.slug, node, doc)


@transform.detect(ast.ImportFrom)
def other_names(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Clients of the SDK made through a bare name."""
    assert isinstance(node, ast.ImportFrom)
    return clients.bare_client(transform.slug, node, doc)


@transform.detect(ast.ClassDef)
def classes(node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """Classes that manage containers on their own."""
    assert isinstance(node, ast.ClassDef)
    return managers.manager(transform.slug, node, doc)


@transform.detect_command
def shell_commands(command: Command, source: Source) -> Iterator[Site]:
    """Commands that run Docker, in files that are not Python."""
    return carriers.in_command(transform.slug, command, source)


@transform.rewrite
def rewrite(site: Site, repo: Repository, profile: Profile) -> Outcome:
    """Decide one site."""
    return verdict.decide(site, repo)
