"""The test ids that pytest collects from one file, as far as the source tells."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.index.cases import Cases, Kind
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.pytest_settings import PytestSettings
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan


def collected(scan: FileScan, cases: Cases, settings: PytestSettings) -> frozenset[str]:
    """Ids of the tests in classes that ``scan``'s module defines or imports, without the file's path."""
    return frozenset(
        f"{name}::{test}"
        for name, ref in _module_classes(scan, cases)
        for test in _tests(name, ref, cases, settings)
    )


def _module_classes(scan: FileScan, cases: Cases) -> Iterator[tuple[str, ClassRef]]:
    for fact in scan.classes:
        if "." not in fact.name:
            yield fact.name, ClassRef(scan.path, fact)
    for known in (*scan.imports, *scan.aliases):
        found = cases.graph.resolve(known.dotted, scan.path)
        if isinstance(found, ClassRef):
            yield known.name, found


def _tests(name: str, ref: ClassRef, cases: Cases, settings: PytestSettings) -> Iterator[str]:
    members = _members(ref, cases)
    if cases.kind(ref) in (Kind.SYNC, Kind.ASYNC, Kind.FOREIGN):
        tests = sorted(member for member in members if member.startswith("test"))
        yield from tests or members & {"runTest"}
    elif settings.is_test_class(name) and "__init__" not in members:
        yield from (member for member in members if settings.is_test_function(member))
        for inner in _inner(ref, cases):
            short = inner.fact.name.rpartition(".")[2]
            yield from (f"{short}::{test}" for test in _tests(short, inner, cases, settings))


def _members(ref: ClassRef, cases: Cases) -> frozenset[str]:
    """Names that a class has from classes of the repository; its own alone if their order is not known."""
    members: set[str] = set()
    for key in cases.order(ref) or (ref.key,):
        path, colon, qualified = key.rpartition(":")
        base = cases.graph.get(path, qualified) if colon else None
        if base:
            members |= {method.name for method in base.fact.methods} | set(base.fact.attributes)
    return frozenset(members)


def _inner(ref: ClassRef, cases: Cases) -> Iterator[ClassRef]:
    prefix = f"{ref.fact.name}."
    for name, fact in cases.graph.named(ref.path).items():
        if name.startswith(prefix) and "." not in name.removeprefix(prefix):
            yield ClassRef(ref.path, fact)


def is_collected(repo: Repository, path: str, name: str, test: str) -> bool:
    """Whether pytest, under the settings above ``path``, or unittest runs ``test`` of the class ``name``.

    ``name`` is empty for a function of the module. A class whose kind is in doubt counts by its name.
    """
    settings = tuple(repo.project.pytest_of(path).values())
    if not name:
        return any(s.is_test_file(path) and s.is_test_function(test) for s in settings)
    ref = repo.class_at(path, name)
    if ref is None:
        return False
    if repo.cases.kind(ref) in (Kind.SYNC, Kind.ASYNC, Kind.FOREIGN):
        return test.startswith("test")
    short, members = name.rpartition(".")[2], _members(ref, repo.cases)
    named = any(
        s.is_test_file(path) and s.is_test_class(short) and s.is_test_function(test) for s in settings
    )
    return named and "__init__" not in members and "__test__" not in members
