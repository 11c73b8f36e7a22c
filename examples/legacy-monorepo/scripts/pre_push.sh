#!/usr/bin/env bash
# Installed as .git/hooks/pre-push: only what was touched, and quickly.
set -u
changed=$(git diff --name-only origin/main... | cut -d/ -f1 | sort -u)
for service in $changed; do
    [ -f "$service/run_tests.py" ] || continue
    python "$service/run_tests.py" -x || { echo "tests of $service failed" >&2; exit 1; }
done
pytest common -q -x --lf || exit 1
