"""What is told of a Python file that nothing calls to parse, from its bytes alone."""

from __future__ import annotations

from ssot_migrate.engine.import_lines import import_lines
from ssot_migrate.engine.origin import is_script, loads_tests
from ssot_migrate.engine.suppressions import suppressions
from ssot_migrate.index.scan import FileScan
from ssot_migrate.index.tests_by_name import is_test_code
from ssot_migrate.languages.effects import acting_line
from ssot_migrate.languages.import_path import takes_from_path
from ssot_migrate.languages.named_files import python_files_named
from ssot_migrate.model import Source


def unparsed(source: Source, compliant: dict[str, int]) -> FileScan:
    """The scan of a file without its tree; ``compliant`` are the sites, by rule, that its text tells."""
    line, script = acting_line(source.data), is_script(source.data)
    return FileScan(
        source.path,
        source.oid,
        imports=import_lines(source.path, source.data),
        takes_path=takes_from_path(source.data),
        script=script,
        loads_tests=script and loads_tests(source.data),
        names_files=names_files(source),
        suppressions=tuple(suppressions(source.data)),
        compliant=compliant,
        effect=f"line {line}" if line else "",
    )


def names_files(source: Source) -> tuple[str, ...]:
    """The Python files that a file of tests names by their paths; nobody asks others."""
    return python_files_named(source.data) if is_test_code(source.path) else ()
