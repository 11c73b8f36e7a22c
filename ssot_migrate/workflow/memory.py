"""What earlier runs left behind: the plan itself where nothing has changed, else the scans of files."""

from __future__ import annotations

import hashlib
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from ssot_migrate.custom.extension import stamp
from ssot_migrate.engine.store import Notes, Store, cache_folder, decoded, encoded, fingerprint
from ssot_migrate.findings import is_passing
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.found import Found, StateCount, chunks, in_numbers
from ssot_migrate.plans.model import Plan
from ssot_migrate.settings import Settings
from ssot_migrate.workflow.configured import base_of
from ssot_migrate.workflow.requests import Request

if TYPE_CHECKING:
    from ssot_migrate.workflow.gather import Inventory


_Kept = tuple[Plan, tuple[StateCount, ...], tuple[bytes, ...]]
"""A plan without its findings, those in numbers, and packed."""


class Memory:
    """The cache of one repository, for one way of asking."""

    def __init__(self, repo: Repository, request: Request, settings: Settings) -> None:
        """The memory of ``repo``; an empty one if the request wants no cache.

        Raises:
            UsageError: the request names a commit that is not there.
        """
        self.repo, self.request, self.settings = repo, request, settings
        self.base = base_of(repo, request.revision, request.staged)
        own = msgspec.json.encode((settings, request.rules)).decode()
        used = request.use_cache
        self.key = fingerprint(str(repo.common_dir), own, stamp(settings.extend)) if used else ""
        self.store = Store(cache_folder() if used else None)
        self.notes = Notes(self.store, self.key)

    @cached_property
    def inventory(self) -> Inventory:
        """The files that the request is about.

        Raises:
            UsageError: no such service.
        """
        from ssot_migrate.workflow.gather import check_services, take_inventory

        request = self.request
        found = take_inventory(
            self.repo, self.settings, request.revision, request.staged, self.base, self.notes
        )
        check_services(request.services, found.services.values())
        return found

    def plan(self) -> Plan | None:
        """The plan of a run over these very files, asked in this very way."""
        data = self.store.read(f"plan-{self.name}.msgpack", self._state.encode() + b"\n")
        kept: _Kept | None = decoded(data, _Kept)
        return msgspec.structs.replace(kept[0], findings=Found(kept[2], kept[1])) if kept else None

    def keep(self, plan: Plan) -> Plan:
        """Remember ``plan``, unless another run may find less wrong, and return it."""
        if self.store.folder and not is_passing(plan.problems):
            own = msgspec.structs.replace(plan, findings=())
            head = msgspec.msgpack.encode((own, in_numbers(plan.findings)))
            found = list(chunks(plan.findings))
            parts = ([self._state.encode(), b"\n\x93", head[1:]], encoded(found, len(found)))
            self.store.write(f"plan-{self.name}.msgpack", chain(*parts))
        return plan

    @property
    def name(self) -> str:
        """What this way of asking is called among the caches."""
        asked = msgspec.json.encode((self.request.services, self.request.include_review, self.where))
        return f"{self.key}-{hashlib.sha256(asked).hexdigest()[:12]}"

    @property
    def where(self) -> str:
        """Which of the states that are remembered apart is looked at: HEAD, the index, another commit."""
        return "staged" if self.request.staged else "elsewhere" if self.request.revision else ""

    @cached_property
    def _state(self) -> str:
        """What a plan was made of: a commit has all of it, but for the settings, which are in the key."""
        digest = hashlib.sha256(self.base.encode())
        for entry in self.repo.entries() if self.request.staged else ():
            digest.update(f"{entry.mode} {entry.oid} {entry.path}\0".encode("utf-8", "surrogateescape"))
        digest.update(msgspec.json.encode(self.request.decisions))
        return digest.hexdigest()
