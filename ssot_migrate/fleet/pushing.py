"""Pushing a unit's branches: under names that stay, with a lease, and never over somebody's work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from ssot_migrate.errors import SsotMigrateError
from ssot_migrate.fleet.credentials import hidden
from ssot_migrate.fleet.model import Job, Outcome, Pushed, Verdict
from ssot_migrate.fleet.sources import Checkout
from ssot_migrate.git.names import FOUNDATION
from ssot_migrate.git.remote import RemoteHead, RemoteUpdate, fetch_objects, push, remote_head, remote_refs
from ssot_migrate.plans.model import Plan

PREFIX = "ssot-migrate/"
_MOVED = Outcome(Verdict.HELD, "somebody has pushed to the branch")


class Remote(NamedTuple):
    """What is known of the remote before the push; ``depth`` is how much is fetched of a branch of it."""

    checkout: Checkout
    target: RemoteHead
    refs: Mapping[str, str]
    depth: int
    author: str


def look(job: Job, checkout: Checkout) -> Remote:
    """What the remote has now.

    Raises:
        SsotMigrateError: there is no remote, or it cannot be reached.
    """
    unit = job.unit
    if not checkout.url:
        raise SsotMigrateError(
            f"there is no remote {unit.upstream!r}", hint="`git remote add`, or set `upstream`"
        )
    head = remote_head(checkout.git, checkout.url)
    if unit.base:
        found = remote_refs(checkout.git, checkout.url, f"refs/heads/{unit.base}")
        head = RemoteHead(unit.base, found.get(f"refs/heads/{unit.base}", ""))
    refs = remote_refs(checkout.git, checkout.url, f"refs/heads/{PREFIX}*")
    return Remote(checkout, head, refs, job.depth if unit.remote else 0, job.author)


def require_published(remote: Remote, plan: Plan) -> None:
    """A branch carries all commits below it: those that nobody has published stay where they are.

    Raises:
        SsotMigrateError: the plan's base is not in the branch to merge into.
    """
    git, target = remote.checkout.git, remote.target
    if plan.base == target.commit:
        return
    fetch_objects(git, remote.checkout.url, f"refs/heads/{target.branch}", remote.depth)
    if not git.succeeds("merge-base", "--is-ancestor", plan.base, target.commit):
        message = f"the plan's base {plan.base[:12]} is not in the remote's {target.branch}"
        raise SsotMigrateError(message, hint="push it first, or plan on what is there")


def named(branch: Pushed, branches: Iterable[Pushed], remote: Remote) -> Pushed:
    """``branch`` with the names that it, and what it is stacked on, have at the remote."""
    below = next((b for b in branches if b.commit == branch.parent and b.service != branch.service), None)
    name = f"{PREFIX}{below.branch}" if below else remote.target.branch
    return msgspec.structs.replace(branch, branch=f"{PREFIX}{branch.branch}", below=name)


def is_wanted(branch: Pushed, branches: Iterable[Pushed], only: tuple[str, ...] | None) -> bool:
    """Whether ``only`` names a branch, or one that is stacked on it."""
    if only is None or branch.service in only:
        return True
    above = (b for b in branches if b.parent == branch.commit and b.service in only)
    return branch.service == FOUNDATION and any(above)


def intent(branch: Pushed, remote: Remote, pushed: str) -> RemoteUpdate | Outcome:
    """The update to make, or why there is none; ``pushed`` is what was there after our last push."""
    ref = f"refs/heads/{branch.branch}"
    there = remote.refs.get(ref, "")
    if there == branch.commit:
        return Outcome(Verdict.NOTHING)
    if not there and pushed == branch.commit:
        return Outcome(Verdict.HELD, "somebody has deleted the branch")
    if there and there != pushed and not _is_ours(remote, ref, there):
        return _MOVED
    return RemoteUpdate(ref, branch.commit, there)


def _is_ours(remote: Remote, ref: str, commit: str) -> bool:
    """Whether nobody has added to a branch or amended it: its tip would have another committer."""
    git = remote.checkout.git
    fetch_objects(git, remote.checkout.url, ref, remote.depth)
    fields = "--format=%cn <%ce>%x00%(trailers:key=SSOT-Plan,valueonly)"
    who, _, plan = git.text("log", "-1", "--no-show-signature", fields, "--end-of-options", commit).partition(
        "\0"
    )
    return who == remote.author and bool(plan.strip())


def push_all(remote: Remote, updates: Mapping[str, RemoteUpdate]) -> dict[str, Outcome]:
    """Push by service, in one go, and say of each how it went."""
    if not updates:
        return {}
    git, url = remote.checkout.git, remote.checkout.url
    refused = push(git, url, list(updates.values()))
    after = remote_refs(git, url, f"refs/heads/{PREFIX}*") if any(refused.values()) else {}
    return dict(_accounts(updates, refused, after))


def _accounts(
    updates: Mapping[str, RemoteUpdate], refused: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[tuple[str, Outcome]]:
    for service, update in updates.items():
        why = refused[update.ref]
        if not why or after.get(update.ref) == update.commit:
            yield service, Outcome(Verdict.DONE)
        elif "stale info" in why:
            yield service, _MOVED
        else:
            yield service, Outcome(Verdict.FAILED, hidden(f"the remote refused it: {why}"))
