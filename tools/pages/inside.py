"""What the pages on the inside take from the code: the plan's records, the layers, the gates."""

from __future__ import annotations

import ast
import inspect
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from ssot_migrate.decisions import Decision
from ssot_migrate.edits import Span
from ssot_migrate.findings import Finding, Problem
from ssot_migrate.plans.model import FilePlan, Plan, PlannedEdit, RuleRef, Score, Step, Tally
from ssot_migrate.plans.outcome import Conflict, StaleFile
from ssot_migrate.reports.summary import ChangeGroup, LeftGroup, RuleCount, Summary

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ssot_migrate"
_PLAN_RECORDS = (Plan, RuleRef, FilePlan, Step, PlannedEdit, Finding, Span, Problem, Tally, Score, Decision)
_REPORT_RECORDS = (Summary, RuleCount, ChangeGroup, LeftGroup, Conflict, StaleFile)


def plan_fields() -> str:
    """Every record of a plan file with its fields, from the definitions that encode it."""
    return _records(_PLAN_RECORDS)


def report_fields() -> str:
    """The same of a branch's ``report.json``."""
    return _records(_REPORT_RECORDS)


def _records(kinds: Iterable[type[msgspec.Struct]]) -> str:
    return "\n".join(line for kind in kinds for line in _record(kind)).rstrip("\n")


def _record(kind: type[msgspec.Struct]) -> Iterator[str]:
    (node,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(node, ast.ClassDef)
    shape = "array" if kind.__struct_config__.array_like else "object"
    yield from (f"### {kind.__name__} ({shape})", "", (inspect.getdoc(kind) or "").replace("``", "`"), "")
    for field in node.body:
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            default = f", by default `{ast.unparse(field.value)}`" if field.value else ""
            yield f"- `{field.target.id}`: `{ast.unparse(field.annotation)}`{default}"
    yield ""


def layers() -> str:
    """The layers that the import contract names, top first, each part with what it is for."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    found = enumerate(settings["contracts"][0]["layers"], start=1)
    parts = ((number, name) for number, layer in found for name in _names(layer))
    rows = (f"| {number} | `{name}` | {_purpose(name)} |" for number, name in parts)
    return "\n".join(("| Layer | Part | What it is for |", "|---:|---|---|", *rows))


def _names(layer: str) -> list[str]:
    return [name.strip(" ()") for name in layer.replace(":", "|").split("|")]


def gates() -> str:
    """What each gate checks, from its module."""
    found = sorted((PACKAGE / "engine" / "gates").glob("*.py"))
    docs = (_docstring(path).partition("\n\n")[0] for path in found)
    checks = (doc.removeprefix("Gate: ") for doc in docs if doc.startswith("Gate: "))
    return "\n".join(f"- {check[0].upper()}{check[1:]}" for check in checks)


def _purpose(name: str) -> str:
    path = PACKAGE / name / "__init__.py" if (PACKAGE / name).is_dir() else PACKAGE / f"{name}.py"
    doc = _docstring(path).partition("\n\n")[0]
    return " ".join(doc.replace("``", "`").replace("|", "\\|").split())


def _docstring(path: Path) -> str:
    return ast.get_docstring(ast.parse(path.read_bytes())) or ""
