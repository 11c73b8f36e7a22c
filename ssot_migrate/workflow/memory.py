"""What earlier runs left behind: the plan itself where nothing has changed, else the scans of files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple, Self

import msgspec

from ssot_migrate.custom.extension import stamp
from ssot_migrate.engine.store import Store, cache_folder, fingerprint
from ssot_migrate.model import is_passing
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.store import dump
from ssot_migrate.settings import Settings
from ssot_migrate.workflow.gather import Inventory
from ssot_migrate.workflow.requests import Request


class Memory(NamedTuple):
    """The cache of one repository, for one way of asking."""

    store: Store
    request: Request
    settings: Settings
    inventory: Inventory
    key: str

    @classmethod
    def of(cls, common_dir: Path, request: Request, settings: Settings, inventory: Inventory) -> Self:
        """The memory of the repository at ``common_dir``; an empty one if the request wants no cache."""
        if not request.use_cache:
            return cls(Store(None), request, settings, inventory, "")
        own = msgspec.json.encode((settings, request.rules)).decode()
        key = fingerprint(str(common_dir), own, stamp(settings.extend))
        return cls(Store(cache_folder()), request, settings, inventory, key)

    def plan(self) -> Plan | None:
        """The plan of a run over these very files, asked in this very way."""
        data = self.store.read(f"plan-{self.name}.json")
        if data is None:
            return None
        state, _, sealed = data.partition(b"\n")
        if state.decode("ascii", "replace") != self._state():
            return None
        try:
            return msgspec.json.decode(sealed, type=Plan)
        except msgspec.MsgspecError:
            return None

    def keep(self, plan: Plan) -> Plan:
        """Remember ``plan``, unless another run may find less wrong, and return it."""
        if self.store.folder and not is_passing(plan.problems):
            self.store.write(f"plan-{self.name}.json", self._state().encode() + b"\n" + dump(plan))
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

    def _state(self) -> str:
        digest = hashlib.sha256(self.inventory.base.encode())
        for item in self.inventory.items:
            digest.update(f"{item.mode} {item.oid} {item.path}\0".encode())
        for path, service in self.inventory.services.items():
            digest.update(f"{path}\0{service}\0".encode())
        digest.update(msgspec.json.encode(self.request.decisions))
        return digest.hexdigest()
