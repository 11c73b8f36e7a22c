"""What becomes of an access: the order of questions that every site must answer."""

from __future__ import annotations

import fnmatch
import re
from functools import lru_cache

from ssot_migrate.edits import Edit
from ssot_migrate.index.reach import importable
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Advice, Capture, Change, ImportRequest, Role, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.direct_env_access import instance, named, owners, unions
from ssot_migrate.transforms.direct_env_access.groups import hold_reason, is_replaced

BOOTSTRAP = ("setup.py", "*/setup.py", "sitecustomize.py", "usercustomize.py", "manage.py", "*/manage.py")
_CLAIMS = ("live", "exact", "raises")
RULE = "direct-env-access"

_ADVICE = {
    "rebind": "os.environ itself is replaced here; patch.dict keeps the mapping and restores it",
    "attribute": "an attribute of os.environ that no mapping has",
    "in-string": "environment code inside a string: whoever runs the string must migrate it",
    "environb": "the environment as bytes has no counterpart in the accessor",
    "getenvb": "the environment as bytes has no counterpart in the accessor",
    "environb-value": "the environment as bytes has no counterpart in the accessor",
    "getenvb-value": "the environment as bytes has no counterpart in the accessor",
    "putenv-value": "os.putenv passed on as a function",
    "unsetenv-value": "os.unsetenv passed on as a function",
}


_REPLACED = (
    "the file replaces os.environ itself: what it puts there again must be the mapping, not the accessor"
)


def decide(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one site."""
    target = repo.target(Role.ENVIRONMENT)
    if site.kind == owners.KIND:
        return None
    if site.kind == "patched-by-name":
        return Advice(
            f"a test patches {site.facts['target']!r} by name, so the code that it means must keep that name"
        )
    if target is None:
        return Advice("the profile's environment module is not in this repository; run `ssot-migrate init`")
    if site.path == target.path or _is_bootstrap(site.path):
        return Advice(
            "the environment module or a bootstrap file: it runs before the runtime is there", exempt=True
        )
    if reason := _not_an_access(site, repo, target):
        return Advice(reason)
    edits, note = _edits(site, repo, target)
    if not edits:
        return Advice(note)
    return _change(site, repo, target, edits, note)


@lru_cache(maxsize=64)
def _is_bootstrap(path: str) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in BOOTSTRAP)


def _not_an_access(site: Site, repo: Repository, target: Target) -> str:
    """Why this site cannot be an ordinary access, or is one that nobody may touch."""
    means = site.facts.get("means", "os.")
    real = repo.canonical(means, site.path) if not means.startswith(("os.", "monkeypatch.")) else means
    if not real.startswith(("os.", "monkeypatch.")):
        return f"{means} is not known to be the process environment"
    if site.kind in _ADVICE:
        return _ADVICE[site.kind]
    if doubt := site.facts.get("doubt"):
        return f"the name may mean {doubt} here"
    if site.facts.get("function") == target.name:
        return f"a fallback of {target.name} itself"
    return _REPLACED if site.kind in ("alias", "pass") and is_replaced(site, repo) else ""


def _edits(site: Site, repo: Repository, target: Target) -> tuple[tuple[Edit, ...], str]:
    """The edits, through the instance where the class stands on the base case, else the accessor."""
    if site.kind in ("setenv", "delenv"):
        return _monkeypatch(site, target)
    if edits := instance.edits(site, repo):
        return edits, ""
    accessor = f"{placeholder(_request(site, target))}()"
    return _through(site, target, instance.receiver(site, repo) or accessor)


def _through(site: Site, target: Target, env: str) -> tuple[tuple[Edit, ...], str]:
    """Edits that put ``env``, an expression of the accessor's object, in the environment's place."""
    if method := _FUNCTIONS.get(site.kind):
        edits = _replaced(site["node"], f"{env}.{method}")
        return (edits, "") if target.has(method) else ((), target.lacking(method))
    needed = _NEEDS.get(site.kind, _MAPPING)
    if site.kind == "merge" and target.has(*needed):
        made = unions.edits(site, env)
        return made, "" if made else unions.UNLIKE
    if target.has(*needed):
        return _replaced(site["node"], env), ""
    if edits := named.edits(site, target, env):
        return edits, ""
    return (), target.lacking(*needed)


def _replaced(node: Capture, text: str) -> tuple[Edit, ...]:
    """Edits that put ``text`` in place of a dotted name; comments between its tokens stay."""
    start = node.span.start
    if "#" not in node.text or not node.text.isascii():
        return (Edit(start, node.span.end, text),)
    tokens = [found for found in _TOKENS.finditer(node.text) if not found[0].startswith("#")]
    return tuple(
        Edit(start + found.start(), start + found.end(), text if found is tokens[0] else "")
        for found in tokens
    )


_TOKENS = re.compile(r"#[^\r\n]*|\w+|\.")
_FUNCTIONS = {"getenv": "get", "getenv-value": "get", "putenv": "set", "unsetenv": "delete"}
_MAPPING = ("__getitem__", "__setitem__", "__delitem__", "__iter__", "__len__")
_NEEDS = {
    "get": ("get",), "read": ("__getitem__",), "write": ("__setitem__",), "delete": ("__delitem__",),
    "augmented": ("__getitem__", "__setitem__"), "in": ("__contains__",), "iterate": ("__iter__",),
    "setdefault": ("setdefault",), "pop": ("pop",), "update": ("update",), "clear": ("clear",),
    "copy": ("copy", "keys"), "keys": ("keys",), "items": ("items",), "values": ("values",),
    "popitem": ("popitem",), **unions.NEEDS,
}  # fmt: skip


def _monkeypatch(site: Site, target: Target) -> tuple[tuple[Edit, ...], str]:
    if site.facts["plain"] != "1" or "key" not in site.captures:
        return (), f"monkeypatch.{site.kind} converts its value or takes options that setitem does not"
    if not target.has(*_MAPPING):
        return (), f"{target.name}() is no mapping that monkeypatch could restore"
    method = {"setenv": "setitem", "delenv": "delitem"}[site.kind]
    func, key = site["func"].span, site["key"].span
    env = f"{placeholder(_request(site, target))}()"
    return (
        Edit(func.start, func.end, f"{site.facts['object']}.{method}"),
        Edit(key.start, key.start, f"{env}, "),
    ), ""


def _request(site: Site, target: Target) -> ImportRequest:
    return ImportRequest(target.module, target.name, like=int(site.facts.get("like", "-1")))


def _change(site: Site, repo: Repository, target: Target, edits: tuple[Edit, ...], note: str) -> Change:
    reason = hold_reason(site, repo, target) or importable(repo, target, site.path)
    if not reason and not target.claims.issuperset(_CLAIMS):
        reason = f"{target.path} is not known to return values live and exactly as they were set"
    if site.kind in ("putenv", "unsetenv"):
        reason = f"os.{site.kind} does not update os.environ; the accessor does"
    request = _request(site, target)
    needs = (request,) if any(placeholder(request) in edit.text for edit in edits) else ()
    return Change(
        edits,
        safety=Safety.REVIEW if reason else Safety.SAFE,
        note=reason or note,
        needs=needs,
        drops=_drops(site, repo),
        requires=instance.requirement(site, repo, edits),
    )


def _drops(site: Site, repo: Repository) -> tuple[str, ...]:
    root = site.facts.get("root", "")
    return (root,) if root and not owners.counting_on(site, repo) else ()
