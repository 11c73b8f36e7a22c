"""The whole program in one page: what ``plan`` and ``apply`` do, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ssot_migrate import __version__
from ssot_migrate.engine.cache import ScanCache, Store, cache_folder, fingerprint
from ssot_migrate.engine.decide import FileDecision, Options
from ssot_migrate.engine.foundation import file_plans
from ssot_migrate.engine.inventory import Item, kind_by_name
from ssot_migrate.engine.ledger import tally
from ssot_migrate.engine.project import CONFIGURATION, read_project
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.run import Analysis, Inputs, Progress, analyse
from ssot_migrate.engine.score import scores
from ssot_migrate.engine.services import Excludes, Services
from ssot_migrate.engine.targets import find_targets
from ssot_migrate.engine.vendoring import RULE, needs_runtime, vendored_files
from ssot_migrate.git.branches import write_branches
from ssot_migrate.git.inplace import apply_in_place
from ssot_migrate.git.repository import Repository
from ssot_migrate.index.project import Project
from ssot_migrate.index.scan import FileScan
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Branch, Frozen, Role
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan, RuleRef, StaleFile
from ssot_migrate.plans.store import seal
from ssot_migrate.profile import Profile, load_profile
from ssot_migrate.reports.folder import default_folder, write_reports
from ssot_migrate.reports.summary import Rest, summarise
from ssot_migrate.reports.unified import unified
from ssot_migrate.runtime.catalog import CORE, known_hashes, runtime_files
from ssot_migrate.settings import DEFAULT_EXCLUDES, Settings, parse_settings


class Request(Frozen, frozen=True):
    """What a ``plan`` is asked to do."""

    path: str = "."
    services: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    include_review: bool = False
    use_cache: bool = True
    workers: int | None = None
    start_method: str | None = None


def make_plan(request: Request, progress: Progress) -> Plan:
    """A sealed plan for the commit that HEAD names; writes nothing but caches."""
    repo = Repository.open(Path(request.path))
    settings = read_settings(repo)
    rules = find_rules(request.rules or settings.rules)
    profile = load_profile(settings.profile, settings.roles)
    base = repo.head_commit()
    items = inventory(repo, base, settings)
    targets = _targets(repo, base, items, profile)
    owners = Services(settings.services).assign(item.path for item in items)
    _check_services(request.services, owners.values())
    slugs = tuple(rule.slug for rule in rules)
    analysis = analyse(
        Inputs(
            root=str(repo.work_tree or repo.git_dir),
            items=items,
            rules=slugs,
            profile=profile,
            targets=targets,
            services=owners,
            markers=tuple(settings.markers),
            options=Options(request.include_review, request.services, settings.policy),
            project=_project(repo, base, items, settings),
            fetch=lambda missing: _with_blobs(repo, missing),
            progress=progress,
            cache=_scan_cache(repo, request, settings, slugs),
            method=request.start_method,
            workers=request.workers,
        )
    )
    refs = tuple(RuleRef(rule.id, rule.slug, rule.summary) for rule in rules)
    return _assemble(base, profile, refs, owners, targets, items, analysis)


def read_settings(repo: Repository) -> Settings:
    """The settings in the working tree, or in HEAD of a bare repository."""
    names = ("pyproject.toml", "ssot.toml")
    if repo.work_tree:
        found = {name: _bytes(Path(repo.work_tree) / name) for name in names}
    else:
        files = repo.read_files(repo.head_commit(), names)
        found = {name: files[name][0] if name in files else None for name in names}
    return parse_settings(found["pyproject.toml"], found["ssot.toml"])


def inventory(repo: Repository, base: str, settings: Settings) -> list[Item]:
    """The files of ``base`` that any rule reads; bytes of those the working tree has differently."""
    excluded = Excludes([*DEFAULT_EXCLUDES, *settings.exclude])
    entries = [
        (e, kind) for e in repo.entries(base) if (kind := kind_by_name(e.path)) and e.path not in excluded
    ]
    items = [Item(entry.path, entry.oid, entry.mode, kind) for entry, kind in entries]
    changed = repo.changed_paths() if repo.work_tree else {item.path for item in items}
    stale = [item for item in items if item.path in changed]
    fetched = {item.path: item for item in _with_blobs(repo, stale)}
    return [fetched.get(item.path, item) for item in items]


def _with_blobs(repo: Repository, items: Sequence[Item]) -> list[Item]:
    blobs = repo.read_blobs(item.oid for item in items) if items else iter(())
    return [item._replace(data=data) for item, (_, data) in zip(items, blobs, strict=True)]


def _project(repo: Repository, base: str, items: Sequence[Item], settings: Settings) -> Project:
    wanted = [item for item in items if item.path.rpartition("/")[2] in CONFIGURATION]
    data = {item.path: item.data or b"" for item in _with_blobs(repo, wanted)}
    return read_project(data, settings, repo.commit_time(base))


def _targets(repo: Repository, base: str, items: Sequence[Item], profile: Profile) -> dict[Role, Target]:
    by_path = {item.path: item for item in items}

    def read(path: str) -> bytes | None:
        item = by_path.get(path)
        if item is None:
            return None
        return item.data if item.data is not None else next(repo.read_blobs([item.oid]))[1]

    runtime = runtime_files() if profile.vendored else {}
    return find_targets(profile, read, runtime, frozenset(known_hashes().values()))


def _check_services(wanted: Sequence[str], known: Iterable[str]) -> None:
    from ssot_migrate.errors import UsageError

    names = set(known)
    for service in wanted:
        if service not in names:
            raise UsageError(f"no service {service!r}", hint=f"services: {', '.join(sorted(names))}")


def _scan_cache(
    repo: Repository, request: Request, settings: Settings, rules: Sequence[str]
) -> ScanCache | None:
    if not request.use_cache:
        return None
    key = fingerprint(str(repo.common_dir), *rules, msgspec.json.encode(settings).decode())
    return ScanCache(Store(cache_folder()), key)


def _assemble(
    base: str,
    profile: Profile,
    rules: tuple[RuleRef, ...],
    owners: Mapping[str, str],
    targets: Mapping[Role, Target],
    items: Sequence[Item],
    analysis: Analysis,
) -> Plan:
    slugs = [rule.slug for rule in rules]
    files = file_plans(analysis.decisions)
    decided = {decision.path for decision in analysis.decisions}
    foundation: list[FilePlan] = []
    if needs_runtime(targets, files):
        present = {item.path for item in items}
        foundation = list(vendored_files(runtime_files(), CORE, present, len(base)))
        rules = (RuleRef("SSOT000", RULE, "the SSOT runtime that migrated code stands on"), *rules)
    parts: list[FileScan | FileDecision] = [*analysis.scans, *analysis.decisions]
    looked_at = [scan for scan in analysis.scans if scan.path in decided or not scan.sites]
    return seal(
        Plan(
            schema=SCHEMA,
            tool=__version__,
            base=base,
            profile=profile.name,
            rules=rules,
            services=tuple(sorted(set(owners.values()))),
            files=(*foundation, *files),
            findings=tuple(finding for decision in analysis.decisions for finding in decision.findings),
            problems=tuple(problem for part in parts for problem in part.problems),
            ledger=tally(looked_at, analysis.decisions, slugs),
            scores=scores(analysis.scans, analysis.decisions, owners, slugs),
        )
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


class Written(Frozen, frozen=True):
    """A branch and the folder of its reports."""

    branch: Branch
    report: str


class Applied(Frozen, frozen=True):
    """What ``apply`` did: branches, or files in place; ``stale`` files were left out, by name."""

    plan: str
    branches: tuple[Written, ...] = ()
    written: tuple[str, ...] = ()
    stale: tuple[StaleFile, ...] = ()


def apply_plan(
    plan: Plan, request: Request, *, in_place: bool = False, report: Path | None = None, force: bool = False
) -> Applied:
    """Replay a sealed plan onto branches, or onto the working tree."""
    repo = Repository.open(Path(request.path))
    services = frozenset(request.services) or None
    base = repo.read_files(repo.head_commit(), {file.path for file in plan.files})
    outcome = replay(plan, base.get, services)
    if in_place:
        return Applied(plan.digest, written=apply_in_place(repo, outcome.applied), stale=outcome.stale)
    if not outcome.applied:
        return Applied(plan.digest, stale=outcome.stale)
    branches = write_branches(repo, plan, outcome, services=services, force=force)
    folder = report or default_folder(Path(repo.common_dir), plan.digest)
    owners = {finding.path: finding.service for finding in plan.findings}
    rest = Rest(owners, outcome.stale, branches)
    written = tuple(_report(repo, plan, branch, rest, folder) for branch in branches)
    return Applied(plan.digest, written, stale=outcome.stale)


def _report(repo: Repository, plan: Plan, branch: Branch, rest: Rest, folder: Path) -> Written:
    diff = repo.diff(branch.parent, branch.commit)
    return Written(branch, str(write_reports(folder, summarise(plan, branch, rest), diff)))


def unified_diff(plan: Plan, path: str, services: Sequence[str] = ()) -> Iterator[bytes]:
    """The plan as a unified diff, file by file."""
    repo = Repository.open(Path(path))
    files = [file for file in plan.files if not services or file.foundation or file.service in services]
    base = repo.read_files(plan.base, {file.path for file in files})
    for file in files:
        yield unified(file, base[file.path][0] if file.before else b"")
