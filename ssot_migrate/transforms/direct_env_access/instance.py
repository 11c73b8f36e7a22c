"""Inside a test class on the SSOT base case: the instance API, where it says the very same thing."""

from __future__ import annotations

from ssot_migrate.edits import Edit
from ssot_migrate.index.bases import standing
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Role, Site
from ssot_migrate.transforms.direct_env_access.groups import leak_matters
from ssot_migrate.transforms.direct_env_access.named import call_with, is_plain_statement

_SETUP = {"setUp", "asyncSetUp", "setup_method"}


def receiver(site: Site, repo: Repository) -> str:
    """``self.get_env()`` where that is the environment, else empty."""
    return f"{site.facts['self']}.get_env()" if _on_base(site, repo, "get_env") else ""


def edits(site: Site, repo: Repository) -> tuple[Edit, ...]:
    """Edits onto ``self.get_env_var`` and its like; none where none says the very same."""
    me = site.facts.get("self", "")
    if site.kind in ("get", "getenv") and _on_base(site, repo, "get_env_var"):
        span = (site.captures.get("func") or site["node"]).span
        return (Edit(span.start, span.end, f"{me}.get_env_var"),)
    if site.kind == "write" and is_plain_statement(site) and _may_restore(site, repo, "set_env_var"):
        return call_with(site, f"{me}.set_env_var")
    if site.kind == "pop" and "quiet-key" in site.captures and _may_restore(site, repo, "delete_env_var"):
        func, key, call = site["func"].span, site["quiet-key"].span, site["call"].span
        return Edit(func.start, func.end, f"{me}.delete_env_var"), Edit(key.end, call.end, ")")
    if site.kind == "patch.dict" and "call" in site.captures and _on_base(site, repo, "temp_env_vars"):
        return _block(site, f"{me}.temp_env_vars")
    return ()


def requirement(site: Site, repo: Repository, made: tuple[Edit, ...]) -> tuple[str, ...]:
    """The base-class change that edits through the instance count on."""
    me = site.facts.get("self")
    if not me or not any(f"{me}." in edit.text for edit in made):
        return ()
    found = standing(repo, site.path, site.facts.get("class", ""))
    return found.requires if found else ()


def _on_base(site: Site, repo: Repository, method: str) -> bool:
    if "self" not in site.facts or site.facts.get("split"):
        return False
    target = repo.target(Role.BASE_CASE)
    if target is None or "restores" not in target.claims or not target.has(method):
        return False
    return standing(repo, site.path, site.facts.get("class", ""), method) is not None


def _may_restore(site: Site, repo: Repository, method: str) -> bool:
    """A write that the base case will undo: only where no other test could count on it."""
    if not _on_base(site, repo, method) or not site.key:
        return False
    name = site.facts.get("method", "")
    return (name in _SETUP or name.startswith("test")) and not leak_matters(site, repo)


def _block(site: Site, func: str) -> tuple[Edit, ...]:
    call = site["call"].span
    if "rest" not in site.captures:
        return (Edit(call.start, call.end, f"{func}()"),)
    return (Edit(call.start, site["rest"].span.start, f"{func}("),)
