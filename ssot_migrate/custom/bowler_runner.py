"""A Bowler query over the files of the working folder; run as a process of its own, and imported by none.

``python -I bowler_runner.py QUERY RESULT``: files that Bowler cannot parse are taken away first. RESULT is
JSON: ``unread`` (reason by path), ``queries`` (how many were executed) and ``failed`` (what Bowler says).
"""

from __future__ import annotations

import json
import logging
import runpy
import sys
from pathlib import Path
from typing import Any

from bowler import Query
from fissix import pygram, pytree
from fissix.pgen2 import driver

_GRAMMAR = pygram.python_grammar_no_print_statement
queries: list[Query] = []
_execute = Query.execute


def execute(query: Query, **_: Any) -> Query:  # noqa: ANN401 - whatever the query asks for
    """Write, and ask nobody, whatever the query would do with its result."""
    top = Path.cwd()
    for path in query.paths:
        if not Path(path).resolve().is_relative_to(top):
            raise SystemExit(f"the query names {path}, which is not among the files that it is given")
    queries.append(query)
    return _execute(query, interactive=False, write=True, silent=True, in_process=True)


def unreadable(path: Path) -> str:
    """Why Bowler cannot parse a file; empty if it can."""
    text = path.read_text("utf-8")
    try:
        driver.Driver(_GRAMMAR, convert=pytree.convert).parse_string(
            text if text.endswith("\n") else f"{text}\n"
        )
    except Exception as error:  # noqa: BLE001 - parse errors of its own, and bugs of a frozen library
        return f"Bowler cannot parse it: {error}"[:200]
    return ""


def run(query: str) -> None:
    """As ``bowler run`` does; a script that waits to be the main one is that."""
    sys.argv = [query, "."]
    main = runpy.run_path(query).get("main")
    if main is not None:
        main()
    elif not queries:
        runpy.run_path(query, run_name="__main__")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    source, result = sys.argv[1:3]
    found = {str(path): unreadable(path) for path in sorted(Path(".").rglob("*.py"))}
    unread = {path: reason for path, reason in found.items() if reason}
    for path in unread:
        Path(path).unlink()
    Query.execute = execute
    run(source)
    failed = [str(error)[:200] for query in queries for error in query.exceptions]
    Path(result).write_text(json.dumps({"unread": unread, "queries": len(queries), "failed": failed}))
