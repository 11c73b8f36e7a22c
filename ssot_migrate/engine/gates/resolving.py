"""Gate: every import that a change adds is there to be imported."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from ssot_migrate.index.modules import Modules
from ssot_migrate.model import ImportRequest


def unresolved(needs: Iterable[ImportRequest], path: str, modules: Modules) -> str:
    """A reason if the file ``path`` cannot import one of ``needs``; empty if it can import all."""
    folder = path.rpartition("/")[0]
    for request in needs:
        module = request.module or request.name
        known = module.partition(".")[0] in sys.stdlib_module_names
        if not known and modules.find(module, folder) is None:
            return f"import-guard: {module} is neither in the repository nor in Python"
    return ""
