"""Where a service keeps its tests, and what at a place there makes of a test something else."""

from __future__ import annotations

from functools import lru_cache

from ssot_migrate.index.repository import Repository
from ssot_migrate.transforms.ad_hoc_mock.places import real_layer


def home_of(repo: Repository, service: str) -> str:
    """The folder of a service's tests; empty if there are several, or none."""
    homes = _homes(repo).get(service, set())
    return next(iter(homes)) if len(homes) == 1 else ""


@lru_cache(maxsize=1)
def _homes(repo: Repository) -> dict[str, set[str]]:
    """By service, the folders of its tests."""
    homes: dict[str, set[str]] = {}
    for path in repo.modules.paths:
        parts = path.split("/")[:-1]
        if "tests" in parts:
            home = "/".join(parts[: parts.index("tests") + 1])
            homes.setdefault(repo.service(path), set()).add(home)
    return homes


def place_below(repo: Repository, path: str, home: str) -> str:
    """The path below ``home``, in the folder that the file has below its own tests if there is such a one."""
    parts = path.split("/")
    below = parts[parts.index("tests") + 1 : -1] if "tests" in parts else []
    folder = "/".join((home, *below))
    return f"{folder if folder in repo.modules.folders else home}/{parts[-1]}"


def clash(repo: Repository, path: str, place: str) -> str:
    """What at the new place makes of the tests something else."""
    if place in repo.modules.paths:
        return f"{place} is there already"
    if bool(real_layer(path)) != bool(real_layer(place)):
        return f"{real_layer(path) or real_layer(place)} tells its layer, and {place} is of another one"
    if "unit" in path.split("/") and "unit" not in place.split("/") and _has_layers(repo, place):
        return f"the tests beside {place} stand in folders by layer, and none of them is for unit tests"
    if repo.project.pytest_of(path) != repo.project.pytest_of(place):
        return f"other settings of pytest hold at {place}"
    packages = [f"{each.rpartition('/')[0]}/__init__.py" in repo.modules.paths for each in (path, place)]
    if packages[0] != packages[1]:
        return f"one of its folder and {place.rpartition('/')[0]} is a package, and one is not"
    if packages[0] and repo.modules.import_root(path) != repo.modules.import_root(place):
        return "its package begins in another folder"
    if not packages[0] and len(repo.modules.by_name.get(place.rpartition("/")[2], ())) > 1:
        return "another file has its name, and neither stands in a package"
    return ""


def _has_layers(repo: Repository, place: str) -> bool:
    """Whether folders of layers stand beside ``place``."""
    home = place.rpartition("/")[0]
    return any(real_layer(f"{folder}/_") for folder in repo.modules.folders if folder.startswith(f"{home}/"))
