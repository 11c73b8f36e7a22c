"""Scans as they are kept: packed, and as they were when they are unpacked."""

from __future__ import annotations

import pickle

from ssot_migrate.edits import Span
from ssot_migrate.findings import Problem
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.packed import packed
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import ClassFact, FileScan, ImportFact
from ssot_migrate.index.scans import Scans
from ssot_migrate.model import Site


def site(path: str, line: int, rule: str = "r", key: str = "") -> Site:
    """A site of one line."""
    return Site(rule, "kind", path, Span(line, line + 1), line, facts={"line": str(line)}, key=key)


def klass(name: str, *bases: str) -> ClassFact:
    """A class statement."""
    return ClassFact(name, 1, Span(0, 1), bases, ())


A = FileScan(
    "a.py", "1", sites=(site("a.py", 1, key="k"), site("a.py", 2, "other"), site("a.py", 3, key="k"))
)
B = FileScan("b.py", "2", sites=(site("b.py", 1, key="k"), site("b.py", 9)), parsed=True)


def test_a_scan_is_what_it_was() -> None:
    """Packed or not, in a spawned process or here."""
    scans = Scans.of([B, A])
    assert (list(scans), scans["a.py"], scans["b.py"]) == (["a.py", "b.py"], A, B)
    assert dict(pickle.loads(pickle.dumps(scans))) == {"a.py": A, "b.py": B}
    assert list(scans.sites_of("r")) == [A.sites[0], A.sites[2], *B.sites]


def test_what_is_asked_of_every_file_needs_no_unpacking() -> None:
    """Which rules have sites there, whether it was read, whether another run may read more."""
    lost, broken = (
        FileScan("c.py", "", problems=(Problem("c.py", stage, ""),)) for stage in ("worker", "parse")
    )
    assert [(p.rules, p.live, p.broken, p.passing) for p in map(packed, (A, lost, broken))] == [
        (("r", "other"), True, False, False),
        ((), False, True, True),
        ((), False, True, False),
    ]


def test_peers_are_found_where_they_stand() -> None:
    """All sites of a rule with one key, in path order, and none of another rule."""
    repo = Repository([B, A, FileScan("c.py", "", sites=(site("c.py", 1, "other", "k"),))], {})
    assert list(repo.peers("r", "k")) == [A.sites[0], A.sites[2], B.sites[0]]
    assert [found.path for found in repo.peers("other", "k")] == ["c.py"]
    assert not repo.peers("r", "no such key")
    assert not repo.peers("no such rule", "k")


def test_imports_are_told_from_both_ends() -> None:
    """Who imports a file, which names are taken from it, and how it is called."""
    facts = (ImportFact("make", "lib.make"), ImportFact("np", "numpy.core.np"))
    repo = Repository([FileScan("lib.py", ""), FileScan("use.py", "", imports=facts, parsed=True)], {})
    imports = repo.imports
    assert dict(imports.importers) == {"lib.py": {"use.py"}}
    assert [imports.direct(path) for path in ("use.py", "lib.py")] == [{"lib.py"}, frozenset()]
    assert dict(imports.takers) == {("lib.py", "make"): {("use.py", "make")}}
    assert (len(imports.takers), ("lib.py", "other") in imports.takers) == (1, False)
    assert dict(imports.outside_takers) == {"core.np": {("use.py", "np")}}
    assert dict(imports.spellings) == {"lib.py": {("use.py", "lib")}}
    assert imports.outside("use.py") == {"numpy"}


def test_a_class_defined_twice_has_the_heirs_of_both() -> None:
    """Each statement is looked at by its own bases, and which one is meant is told to be in doubt."""
    base = FileScan("base.py", "", classes=(klass("One"), klass("Two")), parsed=True)
    names = (ImportFact("One", "base.One"), ImportFact("Two", "base.Two"))
    both = (klass("Heir", "base.One"), klass("Heir", "base.Two"))
    graph = Repository([base, FileScan("heir.py", "", imports=names, classes=both, parsed=True)], {}).classes
    assert graph.redefined == {"heir.py:Heir"}
    found = {key: list(heirs) for key, heirs in graph.subclasses.items()}
    assert found == {
        "base.py:One": [ClassRef("heir.py", both[0])],
        "base.py:Two": [ClassRef("heir.py", both[1])],
    }
    assert graph.get("heir.py", "Heir") == ClassRef("heir.py", both[1])


def test_heirs_are_the_same_whatever_was_asked_before() -> None:
    """Who asks for a class's bases first is told no less of what derives from them."""
    base, heir = klass("Base"), klass("Heir", "base.Base")
    names = (ImportFact("Base", "base.Base"),)
    scans = [
        FileScan("base.py", "", classes=(base,), parsed=True),
        FileScan("heir.py", "", imports=names, classes=(heir,), parsed=True),
    ]
    graph = Repository(scans, {}).classes
    assert graph.bases(ClassRef("heir.py", heir)) == (ClassRef("base.py", base),)
    assert list(graph.below(ClassRef("base.py", base))) == [ClassRef("heir.py", heir)]
