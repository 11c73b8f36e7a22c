"""Deciding all files: remembered where nothing that matters has changed, until all promises are kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

import msgspec

from ssot_migrate.custom.team import Team
from ssot_migrate.engine.decide import Decider
from ssot_migrate.engine.decision import Options, PackedDecision, packed, undecided
from ssot_migrate.engine.decision_cache import Decisions, State
from ssot_migrate.engine.inputs import Inputs, spread
from ssot_migrate.engine.inventory import Item
from ssot_migrate.engine.pool import Lost
from ssot_migrate.engine.questions import flat
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.steering import steering
from ssot_migrate.engine.work import decide_items, start_decide
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scans import Scans
from ssot_migrate.index.tables import Packed
from ssot_migrate.profile import Profile

_Result = tuple[tuple[PackedDecision, ...], tuple[str, ...], Packed]


def decide_all(inputs: Inputs, repo: Repository, index: str) -> list[PackedDecision]:
    """Decide until no change counts on another that is not made.

    ``index`` is the digest of ``surroundings_of``.
    """
    wanted = [item for item in inputs.items if _concerns(item, inputs, repo)]
    state = State(
        inputs.decisions.digest(index, flat(repo.answers)),
        inputs.days.day,
        {path: scan.oid for path, scan in repo.scans.packed.items()},
        _keys(inputs, wanted),
    )
    decisions, known = inputs.decisions.known(state)
    denied = set(known)
    fresh = [item for item in wanted if item.path not in decisions]
    decisions |= {d.path: d for d in _decide(inputs, repo, fresh, denied)}
    if denied and denied & _provided(decisions):
        denied, decisions = set(), {d.path: d for d in _decide(inputs, repo, wanted, ())}
    _settle(inputs, repo, wanted, decisions, denied)
    if fresh:
        state = msgspec.structs.replace(state, denied=tuple(sorted(denied)))
        inputs.decisions.save(state, {path: d for path, d in decisions.items() if not d.passing})
    return list(decisions.values())


def _settle(
    inputs: Inputs, repo: Repository, wanted: Sequence[Item], decisions: Decisions, denied: set[str]
) -> None:
    """Decide again, in place, what counts on promises that nobody keeps."""
    while broken := {need for d in decisions.values() for need in d.requires} - _provided(decisions) - denied:
        denied |= broken
        again = [item for item in wanted if denied.intersection(decisions[item.path].requires)]
        decisions |= {d.path: d for d in _decide(inputs, repo, again, denied)}


def _provided(decisions: Mapping[str, PackedDecision]) -> set[str]:
    return {promise for decision in decisions.values() for promise in decision.provides}


def _concerns(item: Item, inputs: Inputs, repo: Repository) -> bool:
    chosen = inputs.options.services
    return repo.scans.packed[item.path].live and (not chosen or repo.service(item.path) in chosen)


def _keys(inputs: Inputs, wanted: Iterable[Item]) -> dict[str, str]:
    """What the decision on each file depends on in itself: its bytes, and what people decided about it."""
    found = steering(inputs.options.decisions)
    rulings = {path: inputs.decisions.digest(sorted(own.items())) for path, own in found.items()}
    return {item.path: f"{item.oid} {rulings.get(item.path, '')}" for item in wanted}


def surroundings_of(inputs: Inputs, scans: Scans) -> str:
    """A digest of all that the decision on one file may depend on besides that file, and besides answers."""
    return inputs.decisions.digest(
        [(path, scan.facts) for path, scan in scans.packed.items()],
        sorted((role.value, target) for role, target in inputs.targets.items()),
        sorted(inputs.services.items()),
        inputs.project,
        msgspec.structs.replace(inputs.options, decisions=()),
    )


def make_decider(
    repo: Repository,
    profile: Profile,
    rules: tuple[str, ...],
    team: Team,
    options: Options,
    denied: Collection[str],
) -> Decider:
    """The decider of a worker process."""
    repo.tables.taken()  # what was made before there was this process is no news to the other
    return Decider(repo, profile, find_rules(rules, team), options, denied)


def _decide(
    inputs: Inputs, repo: Repository, items: Sequence[Item], denied: Collection[str]
) -> Iterable[PackedDecision]:
    make = partial(
        make_decider, repo, inputs.profile, inputs.rules, inputs.team, inputs.options, frozenset(denied)
    )
    unasked = [item for item in items if item.path in repo.unasked]
    yield from (packed(undecided(repo.scans[item.path], repo.unasked[item.path])) for item in unasked)
    asked = [item for item in items if item.path not in repo.unasked]
    yield from _decide_asked(inputs, repo, asked, make)


def _decide_asked(
    inputs: Inputs, repo: Repository, items: Sequence[Item], make: Callable[[], Decider]
) -> Iterable[PackedDecision]:
    """Decisions in workers; what the working tree has otherwise than git is decided by what git has."""
    unread: list[str] = []
    done = 0
    for part, result in spread(inputs, items, decide_items, start_decide, make):
        done += len(part)
        inputs.progress("decide", done, len(items))
        if isinstance(result, Lost):
            yield from (packed(undecided(repo.scans[item.path], str(result))) for item in part)
        else:
            found, missed, made = msgspec.msgpack.decode(result, type=_Result)
            repo.tables.add(made)
            unread += missed
            yield from found
    if unread:
        again = inputs.fetch([item for item in items if item.path in frozenset(unread)])
        yield from _decide_asked(inputs, repo, again, make)
