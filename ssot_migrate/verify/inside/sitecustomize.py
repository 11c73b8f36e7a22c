"""Runs first in every Python that a test command starts: what is imported is the tree under test.

An editable install puts the folder that it was made from on the import path. Wherever that is the original
working tree, the tree under test takes its place; a ``sitecustomize`` of the user's own runs after this one.
"""

import importlib.machinery
import importlib.util
import os
import sys
from typing import Any

_OWN = os.path.dirname(os.path.abspath(__file__))


def _moved(place: Any) -> Any:  # noqa: ANN401 - the import path may hold anything
    """The same place in the tree under test, if it has one."""
    original, tree = os.environ.get("SSOT_VERIFY_ORIGINAL"), os.environ.get("SSOT_VERIFY_TREE")
    if not (original and tree and isinstance(place, str)):
        return place
    path = os.path.abspath(place)
    if path != original and not path.startswith(original + os.sep):
        return place
    there = tree + path[len(original) :]
    return there if os.path.exists(there) else place


def _redirect() -> None:
    sys.path[:] = [_moved(place) for place in sys.path]
    for name, module in list(sys.modules.items()):
        if name.startswith("__editable__"):
            mapping, spaces = getattr(module, "MAPPING", {}), getattr(module, "NAMESPACES", {})
            mapping.update({key: _moved(place) for key, place in mapping.items()})
            spaces.update({key: [_moved(place) for place in places] for key, places in spaces.items()})


def _run_next() -> None:
    places = [place for place in sys.path if os.path.abspath(place or ".") != _OWN]
    spec = importlib.machinery.PathFinder.find_spec("sitecustomize", places)
    if spec and spec.loader:
        spec.loader.exec_module(importlib.util.module_from_spec(spec))


_redirect()
_run_next()
