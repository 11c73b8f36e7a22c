"""The digest of what decisions on other files may depend on in one file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from ssot_migrate.edits import Span
from ssot_migrate.index.scan import ClassFact, FileScan
from ssot_migrate.model import Site

_NOWHERE = Span(0, 0)
_NONE: frozenset[str] = frozenset()


def with_facts(scan: FileScan, own: Mapping[str, frozenset[str]]) -> FileScan:
    """``scan`` with its digest, without where things stand and the values of what is a rule's ``own``.

    ``own`` gives those facts by rule; the lines of sites with a key count where it does not name them.
    """
    layout = scan.layout
    seen = (
        [_class(fact) for fact in scan.classes],
        scan.imports,
        scan.aliases,
        scan.exported,
        [_site(site, own.get(site.rule, _NONE)) for site in scan.sites],
        [(statement.names, statement.top) for statement in layout.imports] if layout else (),
        bool(scan.effect),
        scan.parsed,
        scan.takes_path,
        scan.script,
        scan.loads_tests,
        scan.names_files,
        bool(scan.problems),
    )
    if not any(seen):
        return scan
    digest = hashlib.blake2b(msgspec.msgpack.encode(seen, order="deterministic"), digest_size=12)
    return msgspec.structs.replace(scan, facts=digest.hexdigest())


def _class(fact: ClassFact) -> ClassFact:
    methods = tuple(msgspec.structs.replace(method, line=0) for method in fact.methods)
    return msgspec.structs.replace(fact, line=0, span=_NOWHERE, methods=methods)


def _site(site: Site, own: frozenset[str]) -> tuple[object, ...]:
    captures = sorted((name, capture.text) for name, capture in site.captures.items())
    line = site.line if site.key and "line" not in own else 0
    facts = {name: "" if name in own else value for name, value in site.facts.items()}
    return site.rule, site.kind, site.key, line, site.scope, facts, captures, site.eager
