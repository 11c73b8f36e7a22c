"""How long fuzz tests go on."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A night's worth is 100000.
long = settings(
    deadline=None,
    max_examples=int(os.environ.get("SSOT_FUZZ_EXAMPLES", "150")),
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
