"""A plan as a file: canonical JSON, sealed by a digest, written whole and read with suspicion."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import TypeVar

import msgspec

from ssot_migrate.atomic import write_atomically
from ssot_migrate.errors import PlanTampered, Refused, UsageError
from ssot_migrate.plans.canonical import parts
from ssot_migrate.plans.check import check
from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan

_T = TypeVar("_T")
_AGAIN = "make a plan with `ssot-migrate plan --out FILE`"


class _Header(msgspec.Struct, frozen=True):
    schema: int


def seal(plan: Plan) -> Plan:
    """``plan`` with its edits in canonical order and the digest that binds all of it.

    Raises:
        PlanTampered: the plan is not one that ``load`` would accept.
    """
    files = tuple(_in_order(file) for file in plan.files)
    ordered = msgspec.structs.replace(plan, files=files)
    check(ordered)
    return msgspec.structs.replace(ordered, digest=_digest(ordered))


def dump(plan: Plan) -> bytes:
    """The canonical JSON of a plan as a whole."""
    return b"".join(parts(plan))


def save(plan: Plan, path: Path) -> None:
    """Write a sealed plan to ``path``, all or nothing.

    Raises:
        Refused, UsageError: see ``write_whole``.
    """
    write_whole(path, chain(parts(plan), [b"\n"]), "the plan")


def write_whole(path: Path, data: bytes | Iterable[bytes], what: str) -> None:
    """Write a file that the user has named, all or nothing; ``what`` is what an error calls it.

    Raises:
        Refused: ``path`` is there and is no regular file (a link would be written through).
        UsageError: the folder does not exist or cannot be written to.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refused(f"{path} is not a regular file", hint=f"name another file for {what}")
    try:
        write_atomically(path, data)
    except OSError as error:
        raise UsageError(f"cannot write {what}: {error}", hint="name a folder of yours") from error


def load(path: Path) -> Plan:
    """The plan in ``path``, checked.

    Raises:
        UsageError: there is no such regular file, or it cannot be read.
        PlanTampered: it is not a plan, of another schema, changed since it was sealed, or unsafe.
    """
    return parse(_read(path), str(path))


def parse(data: bytes, name: str) -> Plan:
    """The plan that ``data`` is, checked; errors call it ``name``.

    Raises:
        PlanTampered: it is not a plan, of another schema, changed since it was sealed, or unsafe.
    """
    try:
        plan = _decode(data, Plan, name)
    except PlanTampered:
        _require_schema(_decode(data, _Header, name).schema, name)
        raise
    _require_schema(plan.schema, name)
    if plan.digest != _digest(plan):
        raise PlanTampered(f"{name} was changed after it was written: its digest does not match", hint=_AGAIN)
    check(plan)
    return plan


def _require_schema(schema: int, name: str) -> None:
    if schema != SCHEMA:
        raise PlanTampered(f"{name} has plan schema {schema}, this version reads {SCHEMA}", hint=_AGAIN)


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise UsageError(f"there is no plan file {path}", hint=_AGAIN)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the plan: {error}") from error


def _decode(data: bytes, kind: type[_T], name: str) -> _T:
    try:
        return msgspec.json.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PlanTampered(f"{name} is not a plan: {error}", hint=_AGAIN) from error


def _digest(plan: Plan) -> str:
    digest = hashlib.sha256()
    for part in parts(msgspec.structs.replace(plan, digest="")):
        digest.update(part)
    return digest.hexdigest()


def _in_order(file: FilePlan) -> FilePlan:
    edits = sorted(file.edits, key=attrgetter("start", "end"))
    return msgspec.structs.replace(file, edits=tuple(edits))
