"""A rule over its golden folder: a small repository before, what it becomes, and what is said of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from difflib import unified_diff
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.errors import UsageError
from ssot_migrate.findings import State
from ssot_migrate.git.process import GitProcess
from ssot_migrate.model import Frozen
from ssot_migrate.plans.model import Plan
from ssot_migrate.reports.lines import lines
from ssot_migrate.settings import Settings
from ssot_migrate.workflow import apply_plan, make_plan
from ssot_migrate.workflow.requests import Request
from ssot_migrate.workflow.vendoring import RULE as RUNTIME

DATE = "2026-01-01T00:00:00Z"
FOLDER = "ssot-rules"
_FINDINGS = "findings.txt"
_NOBODY = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Golden"), ("EMAIL", "golden@example.invalid"), ("DATE", DATE))
}


class Outcome(Frozen, frozen=True):
    """What a rule makes of ``before``: files by path, a line for each finding, what a second run would do.

    ``review`` are the files that are others, or elsewhere, once what is held for review is applied, too.
    """

    after: dict[str, bytes]
    findings: str
    again: tuple[str, ...]
    review: dict[str, bytes] = {}


def run_golden(golden: Path, request: Request, settings: Settings | None = None) -> Outcome:
    """Apply the rules of ``request`` to a copy of ``golden/before``, a commit of ``DATE``.

    ``settings`` take the place of those in ``before``.

    Raises:
        UsageError: there is no such folder.
    """
    if not (golden / "before").is_dir():
        raise UsageError(f"there is no folder {golden / 'before'}", hint="put a small repository there")
    plan, after, again = _applied(golden, request, settings)
    findings = "".join(f"{line}\n" for line in lines(plan))
    if not any(finding.state is State.HELD for finding in plan.findings):
        return Outcome(after, findings, again)
    asked = msgspec.structs.replace(request, include_review=True)
    _, reviewed, more = _applied(golden, asked, settings)
    others = {path: data for path, data in reviewed.items() if after.get(path) != data}
    return Outcome(after, findings, tuple(sorted({*again, *more})), others)


class _Applied(NamedTuple):
    plan: Plan
    files: dict[str, bytes]
    again: tuple[str, ...]


def _applied(golden: Path, request: Request, settings: Settings | None) -> _Applied:
    """A plan over a copy of ``before``, what it makes of it (less the runtime), and what is left to do."""
    with tempfile.TemporaryDirectory(prefix="ssot-golden-") as temporary:
        repo = Path(temporary, "repo")
        git = repository(golden / "before", repo)
        here = msgspec.structs.replace(request, path=str(repo), use_cache=False)
        plan = make_plan(here, _quiet, settings)
        apply_plan(plan, here, in_place=True)
        brought = {file.path for file in plan.files if file.steps[0].rule == RUNTIME}
        files = {path: data for path, data in contents(repo).items() if path not in brought}
        commit(git)
        return _Applied(plan, files, left_to_do(make_plan(here, _quiet, settings)))


def repository(source: Path, where: Path) -> GitProcess:
    """A git repository at ``where`` that holds a copy of ``source`` as its only commit."""
    shutil.copytree(source, where, symlinks=True)
    git = GitProcess(where, _NOBODY)
    git.output("init", "-q", "-b", "main")
    commit(git)
    return git


def commit(git: GitProcess) -> None:
    """Commit all of the working tree, at a date that never changes."""
    git.output("-c", "core.autocrlf=false", "add", "-A")
    git.output("commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "golden")


def left_to_do(plan: Plan) -> tuple[str, ...]:
    """The paths that a plan would change, or would if no gate stopped it; of a second plan there are none."""
    found = {f.path for f in plan.findings if f.state in (State.CHANGED, State.GATED)}
    return tuple(sorted(found | {file.path for file in plan.files}))


def differences(golden: Path, outcome: Outcome) -> Iterator[str]:
    """How an outcome differs from what ``golden`` expects, and what a second run would do."""
    expected = {**_below(golden, "after"), **_below(golden, "review"), _FINDINGS: _read(golden / _FINDINGS)}
    found = {f"after/{path}": data for path, data in outcome.after.items()}
    found |= {f"review/{path}": data for path, data in outcome.review.items()}
    found[_FINDINGS] = outcome.findings.encode()
    for path in sorted(path for path in {*expected, *found} if expected.get(path) != found.get(path)):
        yield f"golden/{path} is not what comes out\n"
        before, after = (each.get(path, b"").decode("utf-8", "replace") for each in (expected, found))
        lines_of = (before.splitlines(keepends=True), after.splitlines(keepends=True))
        yield "".join(unified_diff(*lines_of, f"golden/{path}", f"now/{path}"))
    yield from (f"a second run would change {path} again\n" for path in outcome.again)


def write_golden(golden: Path, outcome: Outcome) -> None:
    """Make ``golden`` expect ``outcome``."""
    for folder, files in (("after", outcome.after), ("review", outcome.review)):
        shutil.rmtree(golden / folder, ignore_errors=True)
        for path, data in files.items():
            (golden / folder / path).parent.mkdir(parents=True, exist_ok=True)
            (golden / folder / path).write_bytes(data)
    (golden / _FINDINGS).write_text(outcome.findings, "utf-8")


def _below(golden: Path, folder: str) -> dict[str, bytes]:
    return {f"{folder}/{path}": data for path, data in contents(golden / folder).items()}


def contents(root: Path) -> Mapping[str, bytes]:
    """All plain files below ``root`` but git's, by relative path."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _quiet(stage: str, done: int, total: int) -> None:
    return None
