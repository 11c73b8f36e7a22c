"""The index as a spawned worker gets it."""

from __future__ import annotations

import pickle

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan, ImportFact


def test_an_index_in_use_goes_along_to_a_spawned_process() -> None:
    """What was looked up before does not keep the index from being pickled."""
    scans = [FileScan("a.py", "", imports=(ImportFact("b", "b"),)), FileScan("b.py", "")]
    repo = Repository(scans, {})
    assert repo.imports.behind("a.py") == {"b.py"}
    assert repo.cases.all_replaced
    assert pickle.loads(pickle.dumps(repo)).imports.behind("a.py") == {"b.py"}
