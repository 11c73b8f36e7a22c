"""How long fuzz tests go on.

``SSOT_FUZZ_EXAMPLES`` (usually 150) is the number of inputs for each test; a night's worth is 100000.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "fuzz",
    deadline=None,
    max_examples=int(os.environ.get("SSOT_FUZZ_EXAMPLES", "150")),
    derandomize=os.environ.get("CI") == "true",
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)


@pytest.fixture(autouse=True, scope="package")
def _as_long_as_asked() -> Iterator[None]:
    settings.load_profile("fuzz")
    yield
    settings.load_profile("project")
