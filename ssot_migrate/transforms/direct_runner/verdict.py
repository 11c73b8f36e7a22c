"""What becomes of a test run: the order of questions that every site must answer."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Advice, Change, Role, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.direct_runner import delegates, execution
from ssot_migrate.transforms.direct_runner.arguments import Argument, after, replaced
from ssot_migrate.transforms.direct_runner.execution import Execution
from ssot_migrate.transforms.direct_runner.flags import SKIPPED, UNHEEDED, VERBATIM, Mapped, mapped, question
from ssot_migrate.transforms.direct_runner.folders import walked
from ssot_migrate.transforms.direct_runner.places import settled
from ssot_migrate.transforms.direct_runner.programs import Runs
from ssot_migrate.transforms.direct_runner.selectors import mapped_unittest

RULE = "direct-runner"
CLAIM = "exit-status"
_INSTEAD = "call the unified runner instead"
_STEP = ", as one step among others: no runner"
_NAMED = re.compile(r"runner|run(?:_\w+)?_tests?|tests?_run|^tests?\.")
_IN_PROCESS = ("pytest.main", "unittest.main", "by-hand")


def decide(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one site."""
    target = repo.target(Role.RUNNER)
    if target is None:
        return Advice("the profile's runner is not in this repository; run `ssot-migrate init`")
    if site.path == target.path or (target.vendored and site.path.startswith("test_framework/ssot/")):
        return Advice("the runner itself", exempt=True)
    if "note" in site.facts:
        return Advice(site.facts["note"])
    if site.kind != "script-command" and CLAIM not in target.claims:
        return Advice(
            f"{target.path} is not known to take pytest's arguments and to end with its exit status"
        )
    if site.kind in _IN_PROCESS:
        return delegates.decide(site, repo, target)
    found = execution.of(site)
    return (
        _script(found, site, repo, target)
        if found.runs is Runs.SCRIPT
        else _command(found, site, repo, target)
    )


def _command(found: Execution, site: Site, repo: Repository, target: Target) -> Outcome:
    if found.runs is Runs.PYTEST and (asked := question(found.arguments)):
        return Advice(asked, exempt=True)
    if found.past:
        return Advice(found.past, exempt=True)
    if found.locked or found.in_test:
        return Advice(found.locked or delegates.NESTED)
    if not all(word.plain or word.stands_for == "pytest" for word in found.program):
        return Advice("the program's name is quoted or put together")
    place = settled(found, repo)
    if place.reason:
        return Advice(f"{place.reason}, and {target.path} is named from there")
    if place.folder and not found.bare:
        return Advice(
            f"runs in {place.folder}, which `python -m` puts on the import path and the runner does not"
        )
    words = _words(found, repo, place.folder)
    if words.refusal:
        return Advice(words.refusal)
    runner = posixpath.relpath(target.path, place.folder or ".")
    if not re.fullmatch(r"[\w./-]+", runner):
        return Advice(f"{runner} would have to be quoted")
    doubt = words.doubt or _doubt(found, place.folder) or (SKIPPED if found.heeded else "")
    return Change(
        (*_program(found, runner), *words.edits),
        safety=Safety.REVIEW if doubt else Safety.SAFE,
        note=doubt or UNHEEDED,
    )


def _words(found: Execution, repo: Repository, folder: str) -> Mapped:
    if found.runs is Runs.UNITTEST:
        return mapped_unittest(found.program, found.arguments, repo, folder)
    return mapped(found.arguments, found.open_end)


def _program(found: Execution, runner: str) -> Sequence[Edit]:
    words = [runner, VERBATIM] if found.open_end and not found.arguments else [runner]
    if not found.bare:
        return [replaced(found.program, *words)]
    program = found.program[0]
    if _has_folder(program):
        last = len(program.text.rpartition("/")[2]) if program.whole else len(program.stands_for)
        beside = Edit(program.span.end - last, program.span.end, "python")
        return [beside, after(program, program.joint.join(words))]
    return [replaced(found.program, found.python or "python", *words)]


def _has_folder(program: Argument) -> bool:
    """Whether the program is named by its place, so that its own interpreter stands beside it."""
    return program.stands_for == "pytest" or "/" in program.text


def _doubt(found: Execution, folder: str) -> str:
    if found.recorded:
        return "a recorded session: its output was written for the old command"
    if found.read:
        return f"{found.read} reads its output, to which the runner adds a report"
    if found.doubt:
        return found.doubt
    if found.bare and not found.python and not _has_folder(found.program[0]):
        return "taken for granted: `python` is the interpreter that pytest is installed for"
    return f"runs in {folder}: the import path then holds the repository's root as well" if folder else ""


def _script(found: Execution, site: Site, repo: Repository, target: Target) -> Outcome:
    """A script that runs tests on its own: pointed out, for what else it does is not known."""
    folders = [found.folder.path] if found.folder.sure else ["", *folders_above(site.path)]
    for path in (walked(folder, found.program[0].text) for folder in folders):
        if not path or path in (site.path, target.path):
            continue
        if repo.project.is_runner(path):
            return Advice(f"{path} is a runner of its own (so say the settings): {_INSTEAD}")
        named = _NAMED.search(path.rpartition("/")[2]) is not None
        own = [s for s in repo.peers(RULE, f"runs-tests:{path}") if named or "data" not in s.facts]
        if own:
            told = f"{path} starts tests itself (line {own[0].line})"
            runner = named or _starts_little_else(own)
            return Advice(f"{told}: {_INSTEAD}") if runner else Advice(f"{told}{_STEP}", exempt=True)
    return None


def _starts_little_else(own: Sequence[Site]) -> bool:
    """Whether a program starts no more than as many other processes as test runs, ``own``."""
    return all(int(site.facts.get("launches", "0")) <= 2 * len(own) for site in own)
