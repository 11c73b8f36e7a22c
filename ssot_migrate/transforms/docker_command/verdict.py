"""What becomes of a Docker command, a client or a manager class of one's own."""

from __future__ import annotations

import re

from ssot_migrate.copies.families import family_of
from ssot_migrate.copies.joining import join
from ssot_migrate.index.reach import is_own, stands_behind
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.index.tests_by_name import serves_tests
from ssot_migrate.model import Advice, FileKind, Role, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.docker_command.clients import CLIENT
from ssot_migrate.transforms.docker_command.managers import MANAGER
from ssot_migrate.transforms.docker_command.programs import Purpose

_ELSEWHERE = {
    FileKind.MARKDOWN.value: "a document: it starts nothing; it changes with the script that it describes",
    FileKind.DOCKERFILE.value: "runs while an image is built, where no suite is",
}
_DEPLOYS = re.compile(r"(?:^|[/_.-])(?:deploy|deployment|release|prod|production)(?:[/_.-]|$)")
_EXEMPT = {
    Purpose.IMAGE: "images and registries are not the manager's affair",
    Purpose.TASK: "a program that runs in an image and ends: the manager is for services",
}

_OBSTACLES = {
    Purpose.START: "names, networks, host ports and the end of what it starts would be the manager's",
    Purpose.END: "it also ends what another process started",
    Purpose.LOOK: "it names containers, or lists those of others, and the manager's have names of their own",
    Purpose.CHECK: "it tells by its exit status and output, the manager by an error",
    Purpose.CLEAN: "it also removes what is not this project's",
}


def decide(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one site."""
    target = repo.target(Role.DOCKER)
    if target and stands_behind(repo, target, site.path):
        return Advice("the Docker manager itself stands on this", exempt=True)
    if _is_product(site, repo):
        return None
    if site.kind == MANAGER:
        return _manager(site, repo, target)
    if site.kind == CLIENT:
        return _client(site, repo, target)
    purpose = Purpose(site.facts["purpose"])
    if _DEPLOYS.search(site.path.lower()) and not serves_tests(repo, site.path, Role.DOCKER):
        return Advice("it deploys the product: the manager is for suites", exempt=True)
    if reason := _ELSEWHERE.get(site.facts.get("carrier", "")) or _EXEMPT.get(purpose):
        return Advice(reason, exempt=True)
    if target is None:
        return Advice("the profile's Docker manager is not in this repository; run `ssot-migrate init`")
    told = f"docker {site.facts['verb']} ".rstrip() + f": {_instead(purpose, site, target)}"
    return Advice(f"{told}. No edit: {_obstacle(purpose, site)}")


def _is_product(site: Site, repo: Repository) -> bool:
    """Whether the code is installed as a package, so that Docker may be what it is about."""
    if not site.path.endswith(".py") or serves_tests(repo, site.path, Role.DOCKER):
        return False
    scan = repo.scans[site.path]
    return repo.project.package_of(site.path) is not None and not scan.script


def _instead(purpose: Purpose, site: Site, target: Target) -> str:
    name = target.name
    match purpose:
        case Purpose.START if target.has("up"):
            files = site.facts.get("files", "").split()
            what = f'Path("{files[0]}")' if len(files) == 1 else "services"
            return f"`with {name}(project) as m: m.up({what})` starts, waits for health, takes down"
        case Purpose.END if target.has("down"):
            return f"{name} takes down what it started, by `down()` or at the end of its block"
        case Purpose.LOOK if target.has("up"):
            return f"{name}.up() returns each container with its ports and logs: nobody need know names"
        case Purpose.CHECK:
            return f"{name} says itself, by an error, that there is no engine"
        case Purpose.CLEAN if target.has("remove_stale"):
            return f"it removes what others may need; {name}.remove_stale() removes this project's leftovers"
    return f"{name} of {target.path} is the one place for it"


def _obstacle(purpose: Purpose, site: Site) -> str:
    """Why no edit of the command alone does the same."""
    if "carrier" in site.facts:
        return "the manager is an object of Python, of which no command line is known"
    return _OBSTACLES.get(purpose, "what it does, the manager does not")


def _client(site: Site, repo: Repository, target: Target | None) -> Outcome:
    if is_own(repo, site.facts["means"], site.path) or not serves_tests(repo, site.path, Role.DOCKER):
        return None
    if doubt := site.facts.get("doubt"):
        return Advice(f"left alone: the name may mean {doubt} here")
    name = target.name if target else "the Docker manager"
    return Advice(f"a client of its own, whose containers {name} knows nothing of: let it start them")


def _manager(site: Site, repo: Repository, target: Target | None) -> Outcome:
    family = family_of(site, repo)
    name = target.name if target else "the Docker manager"
    what = f"a Docker manager of its own beside {name}"
    told = join(site, family.copies, repo) or family.advice(site, what)
    return told or Advice(f"{site.facts['name']}: {what}")
