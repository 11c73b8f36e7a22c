"""Check that the test infrastructure works and that test code uses it; exit status 1 if not.

``python scripts/validate_test_infrastructure.py [--write-baseline]``
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from test_framework.ssot.compliance import check_repository, count, over_baseline, read_baseline  # noqa: E402
from test_framework.ssot.validation import BASELINE, CHECKS, ROOT  # noqa: E402


def main(argv: Sequence[str] | None = None) -> int:
    """Run all checks, say what came out, return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--write-baseline", action="store_true", help="accept today's violations, to shrink them"
    )
    options = parser.parse_args(argv)
    violations = check_repository(ROOT)
    if options.write_baseline:
        BASELINE.write_text(json.dumps(count(violations), indent=1) + "\n", "utf-8")
        print(f"{BASELINE.relative_to(ROOT)}: {len(violations)} violations accepted")
        return 0
    failed = [check.__name__ for check in CHECKS if not check()]
    for name in (check.__name__ for check in CHECKS):
        print(f"{'FAILED' if name in failed else 'ok':6} {name.replace('_', ' ')}")
    grown = over_baseline(violations, read_baseline(BASELINE))
    for violation in grown:
        print(violation)
    print(f"{len(violations)} violations, {len(grown)} in files that have more than the baseline")
    return 1 if failed or grown else 0


if __name__ == "__main__":
    raise SystemExit(main())
