"""A reviewer's way through the changes: of each group the exemplar, then the outliers, then the rest."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from ssot_migrate.decisions import Ruling
from ssot_migrate.review.data import Data
from ssot_migrate.review.file import Rulings

SAMPLE = 20


class Step(NamedTuple):
    """One change to look at, and its group, both as the page's data has them."""

    finding: Data
    group: Data


class Walk:
    """Where a reviewer stands, and what is decided so far."""

    def __init__(self, data: Data, random: Random) -> None:
        """Begin at the first change that nobody has decided; ``random`` draws samples."""
        self.random = random
        self.rulings = {print_: str(made[0]) for print_, made in data["decisions"].items()}
        self.lines = data["lines"]
        self.index = {finding["f"]: index for index, finding in enumerate(data["findings"])}
        changes = (group for group in data["groups"] if "shape" in group)
        steps = (Step(data["findings"][member], group) for group in changes for member in _order(group))
        self.whole = [step for step in steps if "h" in step.finding]
        self.trail: Sequence[Step] = self.whole
        self.at = self.mark = 0
        if self.step and self.ruling(self.step):
            self.next_open()

    @property
    def step(self) -> Step | None:
        """The change to look at; None behind the last one."""
        return self.trail[self.at] if self.at < len(self.trail) else None

    @property
    def sampling(self) -> bool:
        """Whether the trail is a sample of one group."""
        return self.trail is not self.whole

    def outlier(self, step: Step) -> str:
        """Why a change is an outlier of its group, or ""."""
        return str(step.group["outliers"].get(self.index[step.finding["f"]], ""))

    def ruling(self, step: Step) -> str:
        """What is decided on a change, or ""."""
        return self.rulings.get(step.finding["f"], "")

    def members(self, step: Step) -> list[Step]:
        """All changes of the group."""
        return [other for other in self.whole if other.group is step.group]

    def move(self, by: int) -> None:
        """Go ``by`` changes on, or back; behind the last one of a sample is the change where it was drawn."""
        self.at = max(0, self.at + by)
        if self.at >= len(self.trail) and self.sampling:
            self.trail, self.at = self.whole, self.mark
        self.at = min(self.at, len(self.trail))

    def next_open(self) -> None:
        """Go on to the next change that nobody has decided."""
        self.move(1)
        while (step := self.step) and self.ruling(step):
            self.move(1)

    def next_group(self) -> None:
        """Go on to the first change of the next group."""
        here = self.step
        self.trail, self.at = self.whole, self.mark if self.sampling else self.at
        while (step := self.step) and here and step.group is here.group:
            self.at += 1

    def sample(self) -> None:
        """Draw changes of the group at random to look at; during a sample, end it."""
        if self.sampling:
            return self.move(len(self.trail))
        if step := self.step:
            members = self.members(step)
            drawn = self.random.sample(range(len(members)), min(SAMPLE, len(members)))
            self.trail, self.mark, self.at = [members[index] for index in sorted(drawn)], self.at, 0
        return None

    def decide(self, ruling: Ruling | None) -> Rulings:
        """The ruling on the change at hand (None takes it back), as it is to be written."""
        return self._made([self.step] if self.step else [], ruling)

    def decide_group(self, ruling: Ruling) -> Rulings:
        """The same for all of the group that nobody has decided."""
        members = self.members(self.step) if self.step else []
        return self._made([member for member in members if not self.ruling(member)], ruling)

    def _made(self, steps: Sequence[Step], ruling: Ruling | None) -> Rulings:
        value = ruling.value if ruling else ""
        self.rulings.update({step.finding["f"]: value for step in steps})
        return {step.finding["f"]: (value, "") for step in steps}


def _order(group: Data) -> list[int]:
    first = [group["exemplar"], *group["outliers"]]
    return list(dict.fromkeys([*first, *group["members"]]))
