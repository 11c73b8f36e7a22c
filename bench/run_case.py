"""Runs one case in a process of its own: ``run_case.py FOLDER NAME [--supply]``; prints JSON.

A legacy access is a use of the process environment whose first frame outside the standard
library is the case's own file, however it was spelt. ``--supply`` puts ``get_env`` where every module
finds it, for rules that add no import.
"""

import builtins
import importlib
import json
import os
import sys
import sysconfig
from pathlib import Path

STDLIB = sysconfig.get_paths()["stdlib"]
METHODS = ("__getitem__", "__setitem__", "__delitem__", "__iter__", "__len__", "copy")


def watch(case: str, seen: list[int]) -> None:
    """Record the line of each access to ``os.environ`` that ``case`` makes itself."""
    for name in METHODS:
        original = getattr(type(os.environ), name)

        def recording(self, *arguments, original=original):
            line = caller(case)
            if line:
                seen.append(line)
            return original(self, *arguments)

        setattr(type(os.environ), name, recording)


def caller(case: str) -> int:
    """The line of ``case`` that made the call, or 0 if other code stands between."""
    frame = sys._getframe(2)
    while frame and (frame.f_code.co_filename.startswith(("<frozen", STDLIB))):
        frame = frame.f_back
    return frame.f_lineno if frame and frame.f_code.co_filename == case else 0


def main(folder: str, name: str, supply: bool) -> dict[str, object]:
    """What running the case's ``check()`` shows."""
    sys.path.insert(0, folder)
    if supply:
        builtins.get_env = importlib.import_module("shared.isolated_environment").get_env
    seen: list[int] = []
    watch(str(Path(folder, f"{name}.py")), seen)
    try:
        module = importlib.import_module(name)
    except BaseException as error:
        return {"stage": "import", "error": f"{type(error).__name__}: {error}", "legacy": []}
    try:
        module.check()
    except BaseException as error:
        return {"stage": "check", "error": f"{type(error).__name__}: {error}", "legacy": sorted(set(seen))}
    left = name == "unused_import" and hasattr(module, "os")
    return {"stage": "unused import" if left else "", "error": "", "legacy": sorted(set(seen))}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], sys.argv[2], "--supply" in sys.argv)))
