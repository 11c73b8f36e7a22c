"""Mission critical: the infrastructure works, and no test file goes past it more than the baseline says."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_framework.ssot.compliance import check_repository, over_baseline, read_baseline
from test_framework.ssot.validation import BASELINE, CHECKS, ROOT


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_infrastructure(check: object) -> None:
    """Each part does what migrated tests stand on."""
    assert callable(check)
    assert check()


def test_no_file_goes_past_the_infrastructure() -> None:
    """Neither a new violation nor a new file with one; shrink the baseline as files are migrated."""
    grown = over_baseline(check_repository(ROOT), read_baseline(BASELINE))
    told = "\n".join(str(violation) for violation in grown)
    assert not grown, (
        f"{told}\n(accept what is known: scripts/validate_test_infrastructure.py --write-baseline)"
    )


def test_the_baseline_only_names_files_that_are_there() -> None:
    """A baseline that outlived its files would hide new violations under old names."""
    names = {key.partition(" ")[2] for key in read_baseline(BASELINE)}
    assert [name for name in names if not Path(ROOT, name).exists()] == []
