"""Gate: a file that moves is collected as before, under ids that differ in the path alone."""

from __future__ import annotations

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan


def lost_by_move(scan: FileScan, place: str, repo: Repository) -> str:
    """Why ``scan``'s file must not go to ``place``; empty if it may."""
    if place in repo.scans or place in repo.modules.paths or place in repo.modules.folders:
        return f"move: something stands at {place}"
    here, there = repo.project.pytest_of(scan.path), repo.project.pytest_of(place)
    if here != there:
        return f"node-ids: other settings of pytest hold at {place}"
    for settings in here.values():
        if settings.is_test_file(scan.path) != settings.is_test_file(place):
            return f"node-ids: its tests are not collected alike at {place}"
    return ""
