"""Changes of one file become its plan: steps, edits that live in each, imports merged, gates passed."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from ssot_migrate.edits import Edit, splice
from ssot_migrate.engine.composing import Composed, Decided, composed
from ssot_migrate.engine.gates.text import failed_gate
from ssot_migrate.engine.lifetimes import Owned, planned_edits
from ssot_migrate.engine.reading import read_python
from ssot_migrate.index.scan import FileScan
from ssot_migrate.languages.decoding import to_raw, to_utf8
from ssot_migrate.languages.import_places import Surroundings
from ssot_migrate.languages.imports import Need, plan_imports
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import FileKind, Site, Source
from ssot_migrate.plans.model import FilePlan, PlannedEdit, Step, blob_id

Gate = Callable[[bytes, bytes, Sequence[Edit]], str]


class Merged(NamedTuple):
    """A file's plan, or the reason of the gate it failed; ``deferred`` overlap an accepted change."""

    plan: FilePlan | None
    gate: str
    deferred: tuple[Site, ...]


def merge(
    source: Source,
    scan: FileScan,
    decided: Sequence[Decided],
    rules: Sequence[str],
    service: str,
    gate: Gate | None = None,
    around: Surroundings | None = None,
) -> Merged:
    """Join the changes of a file, in the order of ``rules``; all or nothing.

    ``gate`` may object to a UTF-8 text before and after its edits, besides the gates that every file passes;
    ``around`` tells where new imports may stand.
    """
    moves = [item for item in decided if item.change.move]
    if moves and len(moves) == len(decided):
        return _moved(source, scan, moves, service)
    found = composed([item for item in decided if not item.change.move], rules)
    deferred = (*found.deferred, *(item.site for item in moves))
    try:
        text = to_utf8(source.data, scan.encoding)
        states = _states(source, text, scan, found, rules, around)
        plan, objection = _checked(source, text, scan, states, service, gate)
    except (UnicodeError, ValueError) as error:
        return Merged(None, f"splice: {error}", deferred)
    return Merged(plan, objection, deferred)


def _moved(source: Source, scan: FileScan, moves: Sequence[Decided], service: str) -> Merged:
    """The plan of a file that goes elsewhere as it is; an edit of nothing names the findings."""
    rule, place = moves[0].site.rule, moves[0].change.move
    if any((item.site.rule, item.change.move) != (rule, place) for item in moves):
        return Merged(None, "move: two changes of it name two places", ())
    edit = PlannedEdit(0, 0, "", 0, 0, tuple(sorted(item.fingerprint for item in moves)))
    plan = FilePlan(
        source.path, service, source.oid, (Step(rule, source.oid),), (edit,), source.mode, scan.encoding,
        moved=place,
    )  # fmt: skip
    return Merged(plan, "", ())


def _states(
    source: Source,
    text: bytes,
    scan: FileScan,
    found: Composed,
    rules: Sequence[str],
    around: Surroundings | None,
) -> list[tuple[str, tuple[Owned, ...]]]:
    """For each rule that changes the file: all edits, imports too, after its commit."""
    states = []
    tree = cache(partial(_tree, source))
    for index, rule in enumerate(rules):
        if any(item.site.rule == rule for item in found.accepted):
            until = found.until(rules[: index + 1])
            states.append((rule, _edits(source, text, scan, until, found.owners, tree, around)))
    return states


def _tree(source: Source) -> ast.Module:
    document = read_python(source)
    return document.tree if isinstance(document, PythonDocument) else ast.Module([], [])


def _edits(
    source: Source,
    text: bytes,
    scan: FileScan,
    alive: Composed,
    owners: Mapping[Edit, tuple[str, ...]],
    tree: Callable[[], ast.Module],
    around: Surroundings | None,
) -> tuple[Owned, ...]:
    unique = tuple(dict.fromkeys(edit for item in alive.standing for edit in item.change.edits))
    layout = scan.layout if source.kind is FileKind.PYTHON else None
    if layout is None:
        return tuple((edit, owners[edit]) for edit in unique)
    needs = [
        Need(request, item.site.span.start if item.site.eager else -1)
        for item in alive.standing
        for request in item.change.needs
    ]
    drops = sorted({name for item in alive.accepted for name in item.change.drops})
    imports = plan_imports(text, layout, needs, drops, [edit.span for edit in unique], tree, around)
    filled = ((Edit(edit.start, edit.end, imports.fill(edit.text)), owners[edit]) for edit in unique)
    return tuple(sorted((*((edit, ()) for edit in imports.edits), *filled)))


def _checked(
    source: Source,
    text: bytes,
    scan: FileScan,
    states: Sequence[tuple[str, tuple[Owned, ...]]],
    service: str,
    gate: Gate | None,
) -> tuple[FilePlan | None, str]:
    steps, raw_states = [], []
    for rule, owned in states:
        edits = [edit for edit, _ in owned]
        after = splice(text, edits)
        python = source.kind is FileKind.PYTHON
        objection = failed_gate(text, after, edits) if python else _reread(source, after)
        objection = objection or (gate(text, after, edits) if gate else "")
        if objection:
            return None, objection
        raw = to_raw(edits, text, scan.encoding)
        raw_states.append(list(zip(raw, (findings for _, findings in owned), strict=True)))
        steps.append(Step(rule, blob_id(splice(source.data, raw, scan.encoding), len(source.oid))))
    planned = planned_edits(raw_states)
    if not planned:
        return None, ""
    return (
        FilePlan(
            source.path, service, source.oid, tuple(steps), planned, mode=source.mode, encoding=scan.encoding
        ),
        "",
    )


def _reread(source: Source, after: bytes) -> str:
    from ssot_migrate.languages.commands import reread_ok

    reason = reread_ok(source, after)
    return f"reread: {reason}" if reason else ""
