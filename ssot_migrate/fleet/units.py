"""From the groups of a fleet to its units: globs expanded, other tools' lists read, each repository once."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from glob import glob, has_magic
from pathlib import Path
from urllib.parse import urlsplit

from ssot_migrate.errors import SettingsError
from ssot_migrate.fleet.config import Fleet, Group
from ssot_migrate.fleet.model import Unit

# The keys under which `gh repo list --json` and the forges' REST APIs give what can be cloned.
_URL_KEYS = ("clone_url", "http_url_to_repo", "sshUrl", "ssh_url", "ssh_url_to_repo", "url")
_SCHEME = re.compile(r"(?:https?|ssh|git|file)://")
_SCP = re.compile(r"[\w.-]+@[\w.-]+:[^:]")


def find_units(fleet: Fleet, folder: Path) -> tuple[Unit, ...]:
    """The units of ``fleet``, whose file lies in ``folder``; the first group that names a repository has it.

    Raises:
        SettingsError: a glob that matches no repository, a list that cannot be read, a hostile name.
    """
    found: dict[str, Unit] = {}
    for group in fleet.group:
        for source in _sources(group, folder):
            unit = _unit(source, group, folder)
            found.setdefault(unit.name, unit)
    return tuple(found.values())


def _sources(group: Group, folder: Path) -> Iterator[str]:
    for entry in [*group.repositories, *(_listed(folder / group.from_) if group.from_ else ())]:
        if not entry.strip() or entry.startswith("-") or not entry.isprintable():
            raise SettingsError(f"group {group.name}: {entry!r} is no repository", hint="name a path or URL")
        if is_url(entry) or not has_magic(entry):
            yield entry
            continue
        matches = [path for path in sorted(glob(entry, root_dir=folder)) if _is_repository(folder / path)]
        if not matches:
            raise SettingsError(f"group {group.name}: {entry!r} matches no repository", hint="check the glob")
        yield from matches


def is_url(source: str) -> bool:
    """Whether ``source`` is fetched, and not worked in where it lies."""
    return bool(_SCHEME.match(source) or _SCP.match(source))


def _unit(source: str, group: Group, folder: Path) -> Unit:
    remote = is_url(source)
    return Unit(
        name=_url_name(source) if remote else source.rstrip("/"),
        source=source if remote else str((folder / source).resolve()),
        group=group.name,
        remote=remote,
        base=group.base,
        upstream=group.upstream,
        profile=group.profile,
        rules=tuple(group.rules),
        include_review=group.include_review,
        forge=group.forge,
        test_command=group.test_command,
    )


def _url_name(url: str) -> str:
    """Host and path: what two spellings of one repository share, and no password."""
    if not _SCHEME.match(url):
        url = "ssh://" + url.replace(":", "/", 1)
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{host}{parts.path}".strip("/").removesuffix(".git")


def _is_repository(path: Path) -> bool:
    return (path / ".git").exists() or ((path / "HEAD").is_file() and (path / "objects").is_dir())


def _listed(path: Path) -> Sequence[str]:
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"cannot read the list {path}: {error}", hint="check the group's `from`"
        ) from None
    if not text.lstrip().startswith(("[", "{")):
        lines = (line.partition(" #")[0].strip() for line in text.splitlines())
        return [line for line in lines if line and not line.startswith("#")]
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: {error}", hint="write a line for each, or a JSON list") from None
    return [_of_row(row, path) for row in (rows if isinstance(rows, list) else [rows])]


def _of_row(row: object, path: Path) -> str:
    found = row if isinstance(row, str) else None
    if isinstance(row, dict):
        found = next((row[key] for key in _URL_KEYS if isinstance(row.get(key), str)), None)
    if found is None:
        raise SettingsError(f"{path}: a row without a URL", hint=f"give one of {', '.join(_URL_KEYS)}")
    return found
