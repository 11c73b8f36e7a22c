"""The forge of one repository, from its settings and the URL that is pushed to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from ssot_migrate.errors import UsageError
from ssot_migrate.fleet.config import Forge
from ssot_migrate.fleet.credentials import is_private, token_of
from ssot_migrate.fleet.forges import github, gitlab
from ssot_migrate.fleet.forges.client import Client
from ssot_migrate.fleet.forges.wire import connected


def project_of(url: str) -> str:
    """``owner/name`` from any URL that git takes.

    Raises:
        UsageError: there is no such path in it.
    """
    path = urlsplit(url).path if "://" in url else url.partition(":")[2]
    project = path.strip("/").removesuffix(".git")
    if project.count("/") < 1 or not all(part.strip(".") for part in project.split("/")):
        raise UsageError(f"{url!r} names no repository of a forge", hint="it wants HOST/OWNER/NAME")
    return project


@contextmanager
def opened(forge: Forge, url: str) -> Iterator[Client]:
    """The client for the repository that is pushed to at ``url``.

    Raises:
        UsageError: the API would be sent the token in clear text, or httpx is missing.
    """
    root, token, project = forge.root, token_of(forge), project_of(url)
    if token and not is_private(root):
        raise UsageError(f"the API at {root} would get the token in clear text", hint="use https")
    if forge.kind == "github":
        with connected(root, github.headers(token)) as wire:
            yield Client(wire, github.GitHub(project))
    else:
        with connected(root, gitlab.headers(token)) as wire:
            yield Client(wire, gitlab.GitLab(project))
