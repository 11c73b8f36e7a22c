"""What becomes of a run inside the process: a call of the runner's ``main``."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

import msgspec

from ssot_migrate.edits import Edit
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Advice, Change, ImportRequest, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.direct_runner import importing
from ssot_migrate.transforms.direct_runner.flags import SKIPPED, VERBATIM, mapped, question, takes_next
from ssot_migrate.transforms.direct_runner.given import Call

BY_HAND = "builds and runs its suite by hand: give the files to the runner, or leave it as a demonstration"
NESTED = "a test or fixture that runs tests itself: what it checks is pytest, not this repository's code"
KEPT = "its value is passed on: the runner returns a plain int where pytest returns an ExitCode"
COMMAND_LINE = "it reads the command line: options that the runner does not know must then follow --"
UNITTEST = (
    "the runner also runs pytest-style tests of the file, and does not read unittest's own command line"
)
IGNORED = "its exit status is ignored, as before"


def decide(site: Site, repo: Repository, target: Target) -> Outcome:
    """Change or advice for one in-process run."""
    call = msgspec.json.decode(site.facts["call"], type=Call)
    if asked := question(call.arguments):
        return Advice(asked, exempt=True)
    if reason := _refusal(site, call, repo, target):
        return Advice(reason)
    request = ImportRequest(target.module, target.name, like=int(site.facts["like"]))
    if site.kind == "unittest.main":
        edits, doubt = _unittest(site, call, request)
    else:
        edits, doubt = _pytest(site, call, request)
    if not edits:
        return Advice(doubt)
    doubt = doubt or importing.may_be_replaced(repo, target)
    if not doubt and not _runs_itself_only(call):
        doubt = importing.claimed_by_others(repo, target)
    if not doubt and call.value != "ignored":
        doubt = SKIPPED
    return Change(
        tuple(edits),
        safety=Safety.REVIEW if doubt else Safety.SAFE,
        note=doubt or IGNORED,
        needs=(request,),
        drops=(site.facts["root"],),
    )


def _runs_itself_only(call: Call) -> bool:
    """Whether every path among the words is made of ``__file__``."""
    values = [False, *map(takes_next, call.arguments)]
    known = (w.stands_for == "path" or w.text.startswith("-") for w in call.arguments)
    whole = bool(call.arguments) and not call.open_end and not call.listed
    return whole and all(value or path for value, path in zip(values, known, strict=False))


def _refusal(site: Site, call: Call, repo: Repository, target: Target) -> str:
    if "doubt" in site.facts:
        return f"the name may mean {site.facts['doubt']} here"
    if site.kind == "by-hand":
        return BY_HAND
    if call.in_test:
        return NESTED
    if call.unread:
        return call.unread
    if not call.own_line:
        return "the statement shares its line with another, so that no import can stand before it"
    modules = call.modules if repo.scans[site.path].script else importing.own(repo, call.modules)
    return importing.obstacle(repo, target, site.path, call.folders) or importing.root_is_on_path(
        repo, target, site.path, call.folders, modules
    )


def _pytest(site: Site, call: Call, request: ImportRequest) -> tuple[Sequence[Edit], str]:
    func = site["func"].span
    named = Edit(func.start, func.end, placeholder(request))
    kept = KEPT if call.value == "kept" else ""
    if call.options:
        return [named], COMMAND_LINE
    if call.listed:
        given = site["given"].span
        return [
            named,
            Edit(given.start, given.start, f'["{VERBATIM}", *'),
            Edit(given.end, given.end, "]"),
        ], kept
    if call.open_end and call.empty_at >= 0:
        return [named, Edit(call.empty_at, call.empty_at, f'"{VERBATIM}"')], kept
    words = mapped(call.arguments, call.open_end)
    return [named, *words.edits], words.doubt or kept


def _unittest(site: Site, call: Call, request: ImportRequest) -> tuple[Sequence[Edit], str]:
    if not call.guarded:
        return [], "outside the main guard it would run again whenever the runner imports the file"
    if call.value != "ignored":
        return [], "the result object of unittest.main is used; the runner returns an exit status"
    words = _words(call.options)
    if words is None:
        return [], "the arguments of unittest.main are not literal, or select tests by name"
    whole = site["call"].span
    run = f"{placeholder(request)}([{', '.join(words)}])"
    exits = call.options.get("exit", "True") == "True"
    return [Edit(whole.start, whole.end, f"raise SystemExit({run})" if exits else run)], UNITTEST


def _words(options: Mapping[str, str]) -> list[str] | None:
    """The runner's arguments, as source text, for keywords of ``unittest.main``; None if not known."""
    try:
        values = {name: ast.literal_eval(text) for name, text in options.items()}
    except ValueError:
        return None
    given = values.get("argv") or [""]
    if values.get("module", "__main__") not in ("__main__", None) or not isinstance(given, list):
        return None
    flags = set(given[1:])
    if not flags <= {"-v", "--verbose", "-q", "--quiet", "-f", "--failfast"} or not isinstance(
        values.get("exit", True), bool
    ):
        return None
    loud = values.get("verbosity") == 2 or flags & {"-v", "--verbose"}
    silent = values.get("verbosity") == 0 or flags & {"-q", "--quiet"}
    early = values.get("failfast") or flags & {"-f", "--failfast"}
    chosen = (('"-v"', loud), ('"-q"', silent), ('"--fail-fast"', early))
    return ["__file__", *(word for word, wanted in chosen if wanted)]
