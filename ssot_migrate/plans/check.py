"""What a plan file must satisfy before a byte of it is believed: plan files are hostile input."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Sequence

from ssot_migrate.errors import PlanTampered
from ssot_migrate.plans.model import FilePlan, Plan, PlannedEdit

_LONGEST_PATH = 4096
_MODES = frozenset({"100644", "100755"})
_OID = {width: re.compile(rf"[0-9a-f]{{{width}}}") for width in (40, 64)}
# Codecs that need quadratic time; no source file is written in them.
_QUADRATIC = frozenset({"idna", "punycode"})
# Names that some file system takes for ".git", and the characters that HFS+ ignores in them.
_GIT_NAMES = frozenset({".git", "git~1"})
_HARMLESS = re.compile(r"[A-Za-z0-9_][\w.-]*(?:/[A-Za-z0-9_][\w.-]*)*", re.ASCII)
_IGNORED = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def check(plan: Plan) -> None:
    """Refuse a plan whose paths, ids, steps or edits no planner could have written.

    Raises:
        PlanTampered: names the first file at fault and what is wrong with it.
    """
    width = len(plan.base)
    _require_oid(plan.base, width, "the base commit")
    order = {rule.slug: index for index, rule in enumerate(plan.rules)}
    if len(order) != len(plan.rules):
        raise PlanTampered("the plan names a rule twice")
    for file in plan.files:
        for path in file.paths:
            if fault := path_fault(path):
                raise PlanTampered(f"{path!r} {fault}")
        _check_ids(file, width)
        _check_steps(file, order)
        _check_edits(file)
        _check_move(file)
    _check_tree([path for file in plan.files for path in file.paths])


def path_fault(path: str) -> str:
    """Why ``path`` cannot be planned, or "" for a plain repository-relative POSIX path in UTF-8."""
    if len(path) > _LONGEST_PATH:
        return "is longer than any file system allows"
    if _HARMLESS.fullmatch(path):
        return ""
    if not path or "\0" in path or "\\" in path or re.match(r"/|[A-Za-z]:", path):
        return "is not a path inside the repository on every system"
    if any(part in {"", ".", ".."} or _names_git(part) for part in path.split("/")):
        return "leaves the repository's working tree"
    return "" if path.isascii() or _is_utf8(path) else "has a name that is not UTF-8"


def _is_utf8(text: str) -> bool:
    return not re.search("[\ud800-\udfff]", text)


def _names_git(part: str) -> bool:
    visible = _IGNORED.sub("", part).split(":")[0].rstrip(" .").casefold()
    return visible in _GIT_NAMES


def _require_oid(oid: str, width: int, what: str) -> None:
    if width not in _OID or not _OID[width].fullmatch(oid):
        raise PlanTampered(f"{what} has no valid object id: {oid[:80]!r}")


def _check_ids(file: FilePlan, width: int) -> None:
    for oid in (*filter(None, [file.before]), *(step.after for step in file.steps)):
        _require_oid(oid, width, repr(file.path))
    if file.mode not in _MODES:
        raise PlanTampered(f"{file.path!r} has the mode {file.mode[:80]!r}; only plain files are planned")
    if not _is_text_encoding(file.encoding):
        raise PlanTampered(f"{file.path!r} has an unknown encoding: {file.encoding[:80]!r}")


def _is_text_encoding(name: str) -> bool:
    try:
        return not "".encode(name) and codecs.lookup(name).name not in _QUADRATIC
    except (LookupError, ValueError):
        return False


def _check_steps(file: FilePlan, order: dict[str, int]) -> None:
    positions = [order.get(step.rule, -1) for step in file.steps]
    if not positions or -1 in positions or positions != sorted(set(positions)):
        raise PlanTampered(f"{file.path!r} has steps that do not follow the plan's rules")


def _check_edits(file: FilePlan) -> None:
    steps = len(file.steps)
    if any(not 0 <= edit.since <= edit.until < steps for edit in file.edits):
        raise PlanTampered(f"{file.path!r} has an edit of a step that it does not have")
    if any(not _in_order(_alive(file.edits, step)) for step in range(steps)):
        raise PlanTampered(f"{file.path!r} has edits that overlap or are out of order")


def _check_move(file: FilePlan) -> None:
    """A file moves as it is: what edits it as well could not be told apart in a review."""
    if file.moved and (not file.before or file.foundation or [s.after for s in file.steps] != [file.before]):
        raise PlanTampered(f"{file.path!r} moves and changes at once")


def _alive(edits: Sequence[PlannedEdit], step: int) -> Iterable[PlannedEdit]:
    return (edit for edit in edits if edit.since <= step <= edit.until)


def _in_order(edits: Iterable[PlannedEdit]) -> bool:
    position = 0
    for edit in edits:
        if edit.start < position or edit.end < edit.start:
            return False
        position = edit.end
    return True


def _check_tree(paths: Sequence[str]) -> None:
    known = set(paths)
    if len(known) != len(paths):
        raise PlanTampered("the plan names a file twice")
    for path in paths:
        parents = path.split("/")[:-1]
        if any("/".join(parents[:depth]) in known for depth in range(1, len(parents) + 1)):
            raise PlanTampered(f"{path!r} lies under another file of the plan")
