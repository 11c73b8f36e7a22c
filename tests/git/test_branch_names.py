"""Every service gets a ref that git takes, whatever it is called."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.git.names import branch_ref, ref_components

HOSTILE = [
    "",
    ".",
    "..",
    "-",
    "--force",
    "/",
    "a/../../heads/main",
    "x.lock",
    "@{upstream}",
    "a~1^2:b?*[c\\",
    "tab\there\n",
    "\0",
    "служба",
    "\u202egnp",
    "a" * 300,
    "a" * 299 + "b",
    "HEAD",
    "foundation",
    "Foundation",
    "a b",
    "a.b",
    "A-B",
]


def test_plain_names_stay() -> None:
    """A service that is called like a folder is found again in its branch."""
    assert ref_components(["backend", "auth_service", "apps/web"]) == {
        "backend": "backend",
        "auth_service": "auth_service",
        "apps/web": "apps-web",
    }


@pytest.mark.parametrize("service", HOSTILE)
def test_hostile_names_are_refs(service: str) -> None:
    """Git itself accepts each ref, in the namespace where it belongs."""
    ref = branch_ref(ref_components([service])[service], "d" * 64)
    assert ref.startswith("refs/heads/ssot/")
    assert ref.count("/") == 4
    assert subprocess.run(["git", "check-ref-format", ref], check=False).returncode == 0


def test_hostile_names_stay_apart() -> None:
    """No two services share a branch, even where case is ignored, and none takes the foundation's."""
    components = [component.casefold() for component in ref_components(HOSTILE).values()]
    assert len({*components, "foundation"}) == len(HOSTILE) + 1


@given(st.lists(st.text(), unique=True))
def test_any_names_stay_apart(services: list[str]) -> None:
    """As before, for any names, in any order."""
    components = ref_components(services)
    assert len({component.casefold() for component in components.values()}) == len(services)
    assert components == ref_components(reversed(services))
