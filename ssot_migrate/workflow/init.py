"""``init``: the whole runtime into a working tree, and no byte of a team's own work lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ssot_migrate.engine.project import CONFIGURATION, read_project
from ssot_migrate.errors import Refused, SsotMigrateError
from ssot_migrate.git.inplace import obstacle, work_tree_of
from ssot_migrate.git.inside import NewText, write_files
from ssot_migrate.git.repository import Repository
from ssot_migrate.index.shipped import SEVERAL_PACKAGES
from ssot_migrate.model import Frozen
from ssot_migrate.plans.model import blob_id
from ssot_migrate.reports.lined import Lined
from ssot_migrate.reports.unified import unified
from ssot_migrate.runtime.catalog import runtime_files
from ssot_migrate.runtime.fitting import unfit
from ssot_migrate.runtime.manifest import MANIFEST, parse_manifest, render_manifest
from ssot_migrate.runtime.vendoring import Fate, Vendored, recorded, settle
from ssot_migrate.settings import Settings
from ssot_migrate.workflow.vendoring import whole_file

_KEPT = {
    Fate.OLDER: "older than the shipped one and unchanged by you",
    Fate.CHANGED: "yours, and not as shipped",
    Fate.REMOVED: "removed by you",
}


class Kept(Frozen, frozen=True):
    """A file that was not written, why, and how the shipped one differs (empty if that is of no use)."""

    path: str
    reason: str
    diff: str = ""


class Installed(Frozen, frozen=True):
    """What ``init`` did: files written, kept or left out, and those written that git ignores.

    ``warning``: what the new folders mean for the project's build; empty if nothing.
    """

    written: tuple[str, ...]
    kept: tuple[Kept, ...]
    left_out: tuple[Kept, ...]
    ignored: tuple[str, ...]
    warning: str = ""


def init_runtime(path: str, *, upgrade: bool = False) -> Installed:
    """Write the runtime files that are not there; with ``upgrade`` also newer ones over unchanged ones.

    Raises:
        Refused: a link, folder or other repository is where a file must go; nothing was written.
        SsotMigrateError: a file cannot be read, then nothing was written; or one cannot be written.
        UsageError: no repository, a bare one, or a broken manifest.
    """
    repo = Repository.open(Path(path))
    tree = work_tree_of(repo)
    shipped = runtime_files()
    _refuse_obstacles(tree, {*shipped, MANIFEST})
    manifest = parse_manifest(_read(tree, MANIFEST))
    settled = settle(shipped, manifest, lambda name: _read(tree, name))
    due = {Fate.NEW, Fate.OLDER if upgrade else Fate.REMOVED}
    wanted = {each.path: each for each in settled if each.fate in due}
    own = {each.path: each.own or b"" for each in settled if each.fate in set(_KEPT) - due}
    misfits = unfit(shipped, [path for path in wanted if path in shipped], own)
    files = [each for path, each in wanted.items() if path not in misfits]
    written = write_files(tree, (_new_text(each.path, each.data, each.own) for each in files))
    _write_manifest(tree, manifest, recorded(manifest, settled, written))
    kept = [_kept(each, upgrade) for each in settled if each.fate in set(_KEPT) - due]
    left_out = tuple(Kept(path, reason) for path, reason in misfits.items())
    warning = _spoiled_build(tree) if written else ""
    return Installed(written, tuple(kept), left_out, tuple(repo.ignored(written)), warning)


def _refuse_obstacles(tree: Path, paths: Iterable[str]) -> None:
    faults = {path: obstacle(tree, path) or _hidden(tree, path) for path in sorted(paths)}
    found = [f"{path} {fault}" for path, fault in faults.items() if fault]
    if found:
        more = f"; and {len(found) - 5} more" if len(found) > 5 else ""
        message = f"{len(found)} files cannot be written: {'; '.join(found[:5])}{more}"
        raise Refused(message, hint="move what is there; nothing was written")


def _hidden(tree: Path, path: str) -> str:
    package = (tree / path).with_suffix("") / "__init__.py"
    return "would be hidden by the package of that name" if path.endswith(".py") and package.exists() else ""


def _spoiled_build(tree: Path) -> str:
    """Why setuptools would refuse to build the project now; empty if it would not."""
    files = {name: data for name in sorted(CONFIGURATION) if (data := _read(tree, name)) is not None}
    found = read_project(files, Settings()).found_packages and not (tree / "src").is_dir()
    return SEVERAL_PACKAGES if found else ""


def _read(tree: Path, name: str) -> bytes | None:
    try:
        return (tree / name).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SsotMigrateError(f"cannot read {name}: {error.strerror}", hint="nothing was written") from error


def _write_manifest(tree: Path, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    if after != before:
        write_files(tree, [_new_text(MANIFEST, render_manifest(after), _read(tree, MANIFEST))])


def _new_text(path: str, data: bytes, before: bytes | None) -> NewText:
    return NewText(path, data, "100644", "" if before is None else blob_id(before))


def _kept(each: Vendored, upgrade: bool) -> Kept:
    diff = _difference(each.path, each.own, each.data) if upgrade and each.own is not None else b""
    return Kept(each.path, _KEPT[each.fate], diff.decode("utf-8", "replace"))


def _difference(path: str, own: bytes, data: bytes) -> bytes:
    # Line ends are what git made of them at checkout: no change of anybody's.
    shipped = data.replace(b"\n", b"\r\n") if b"\r\n" in own else data
    return unified(whole_file(path, own, shipped), Lined(own))
