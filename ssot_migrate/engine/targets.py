"""Finding the profile's targets: in the repository as it is, or in the runtime that the plan brings."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping

import msgspec

from ssot_migrate.index.products import products
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.targets import Target, imports_more, made_of, offered, refusing
from ssot_migrate.model import Role
from ssot_migrate.profile import Profile, RoleSpec


def find_targets(
    profile: Profile,
    read: Callable[[str], bytes | None],
    runtime: Mapping[str, bytes],
    known: Collection[str],
) -> dict[Role, Target]:
    """Every role's target.

    Args:
        profile: what is asked for.
        read: bytes of a repository path, or None.
        runtime: the files that could be vendored, by repository path.
        known: SHA-256 of sources whose claims were tested.
    """
    found = {
        role: _target(spec, profile.vendored, read, runtime, known) for role, spec in profile.roles.items()
    }
    return {
        role: msgspec.structs.replace(target, runs=_runs(target.path, read)) for role, target in found.items()
    }


def sources_of(profile: Profile) -> frozenset[str]:
    """The paths of all files that targets may be read from."""
    places = {path for spec in profile.roles.values() for path in _candidates(spec.module)}
    packages = (f"{folder}/__init__.py" for path in places for folder in folders_above(path) if folder)
    return frozenset((*places, *packages))


def _runs(path: str, read: Callable[[str], bytes | None]) -> str:
    """The outermost package file of the repository around ``path`` that imports more than it must."""
    packages = [f"{folder}/__init__.py" for folder in folders_above(path) if folder]
    sources = ((package, read(package)) for package in reversed(packages) if package != path)
    return next((package for package, source in sources if source and imports_more(source)), "")


def _target(
    spec: RoleSpec,
    vendored: bool,
    read: Callable[[str], bytes | None],
    runtime: Mapping[str, bytes],
    known: Collection[str],
) -> Target:
    for path in _candidates(spec.module):
        source = read(path)
        if source is not None:
            tested = hashlib.sha256(source).hexdigest() in known
            return _made(spec, path, source, exists=True, vendored=False, tested=tested)
    for path in _candidates(spec.module):
        if vendored and path in runtime:
            return _made(spec, path, runtime[path], exists=True, vendored=True, tested=True)
    return Target(spec.module, spec.name, "", exists=False, vendored=False)


def _candidates(module: str) -> tuple[str, str]:
    relative = module.replace(".", "/")
    return f"{relative}.py", f"{relative}/__init__.py"


def _made(spec: RoleSpec, path: str, source: bytes, *, exists: bool, vendored: bool, tested: bool) -> Target:
    offers, bases = offered(source, spec.provider) if spec.provider else (frozenset[str](), ())
    claims = frozenset((*spec.vouched, *(spec.claims if tested else ())))
    made = products(source, spec.provider) if b"def create_" in source else ()
    attributes, takes = made_of(source, spec.provider) if spec.provider else (frozenset[str](), ())
    refuses = refusing(source, spec.provider) if spec.provider else frozenset[str]()
    return Target(
        spec.module, spec.name, path, exists, vendored, offers, claims, bases, attributes, takes, made,
        refuses=refuses,
    )  # fmt: skip
