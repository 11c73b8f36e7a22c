"""Sites that belong together: readers and writers of a key, patched modules, saves and restores."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.python import module_name
from ssot_migrate.model import Site
from ssot_migrate.transforms.direct_env_access import identity, owners
from ssot_migrate.transforms.direct_env_access.forms import READS, WRITES

_NAMED = 3


def hold_reason(site: Site, repo: Repository, target: Target) -> str:
    """Why this change should wait for a person: others depend on it in a way that no edit shows."""
    return (
        identity.hold_reason(site, repo)
        or _subject(site, repo, target)
        or (
            "the class saves the environment in one method and restores it in another"
            if site.facts.get("split")
            else ""
        )
        or owners.hold_reason(site, repo)
        or _patched(site, repo)
        or _separated(site, repo, target)
    )


def _subject(site: Site, repo: Repository, target: Target) -> str:
    if site.facts.get("subject"):
        return "the test seems to be about os.environ itself"
    if not site.facts.get("function", "").startswith("test"):
        return ""
    scan = repo.scans[site.path]
    if any(fact.dotted in (target.module, f"{target.module}.{target.name}") for fact in scan.imports):
        return f"the test file uses {target.name} as well: it may compare the two routes"
    return ""


def _patched(site: Site, repo: Repository) -> str:
    """Whether some test replaces the name that this site goes through."""
    name = "getenv" if site.kind.startswith("getenv") else "environ"
    if found := _patched_there(repo, site.rule, site.path, name):
        return found
    for peer in _patched_everywhere(site, repo):
        same = repo.service(peer.path) == repo.service(site.path)
        if same or site.path in repo.imports.behind(peer.path):
            return f"{peer.path}:{peer.line} patches {peer.facts['target']}"
    return ""


@lru_cache(maxsize=64)
def _patched_there(repo: Repository, rule: str, path: str, name: str) -> str:
    """Who replaces ``name`` of the module ``path``, in words; empty if nobody does."""
    parts = module_name(path).split(".")
    for start in range(len(parts)):
        if found := repo.peers(rule, f"patched:{'.'.join(parts[start:])}:{name}"):
            return f"{found[0].path}:{found[0].line} patches this name"
    return ""


def _patched_everywhere(site: Site, repo: Repository) -> Iterator[Site]:
    """Patches of what the site calls in ``os`` itself; ``os.getenv`` calls ``os.environ.get``."""
    getenv = site.kind.startswith("getenv")
    if getenv:
        yield from repo.peers(site.rule, "patched:os:getenv")
    method = "get" if getenv else site.kind
    of_mapping = repo.peers(site.rule, "patched:os:environ")
    yield from (peer for peer in of_mapping if peer.facts["target"] == f"os.environ.{method}")


def _separated(site: Site, repo: Repository, target: Target) -> str:
    """For an accessor that does not write through: the other half of the key that stays behind."""
    if "writes-through" in target.claims:
        return ""
    if not site.key:
        return "the key is not known, so neither are its readers and writers"
    if used := _elsewhere(repo, site.rule, site.key, repo.service(site.path)):
        return f"{site.key.removeprefix('env:')} is also used by {used}, in another service's branch"
    return ""


@lru_cache(maxsize=1024)
def _elsewhere(repo: Repository, rule: str, key: str, own: str) -> str:
    """Where other services than ``own`` use a key, in words; empty if none does."""
    count, first = repo.peers_elsewhere(rule, key, own, _NAMED)
    named = ", ".join(f"{peer.path}:{peer.line}" for peer in first)
    return f"{named} and {count - _NAMED} more" if count > _NAMED else named


def is_replaced(site: Site, repo: Repository) -> bool:
    """Whether the file puts another object, or on the same line this one, in the place of ``os.environ``."""
    others = [peer for peer in repo.scans[site.path].sites if peer.rule == site.rule]
    patched = (peer for peer in others if peer.kind == "patched-by-name" and peer.line == site.line)
    return any(peer.kind == "rebind" for peer in others) or any(
        peer.facts["target"].endswith("environ") for peer in patched
    )


def leak_matters(site: Site, repo: Repository) -> bool:
    """Whether some other class or function of the tests reads this key without setting it."""
    writers = {_owner(peer) for peer in _peers(site, repo, WRITES)}
    readers = {_owner(peer) for peer in _peers(site, repo, READS) if _is_test(peer.path)}
    return bool(readers - writers)


def _peers(site: Site, repo: Repository, kinds: set[str]) -> Iterator[Site]:
    return (peer for peer in repo.peers(site.rule, site.key) if peer.kind in kinds)


def _owner(site: Site) -> tuple[str, str]:
    return site.path, site.facts.get("class") or site.scope


def _is_test(path: str) -> bool:
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py") or "/tests/" in f"/{path}"
