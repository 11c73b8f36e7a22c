#!/usr/bin/env bash
# What CI runs; the same on a laptop: scripts/ci_test.sh [service]
set -euo pipefail
cd "$(dirname "$0")/.."

export HARBOR_ENV=test
export AUTH_PBKDF2_ROUNDS="${AUTH_PBKDF2_ROUNDS:-1000}"
reports="${REPORT_DIR:-reports}"
mkdir -p "$reports"

run_service() {
    local service="$1"
    shift
    HARBOR_SERVICE="$service" python -m pytest "$service" -q --junitxml="$reports/$service.xml" "$@"
}

if [ $# -gt 0 ]; then
    run_service "$@"
    exit $?
fi

for service in backend auth_service billing notifications; do
    run_service "$service" -m "not integration"
done

# the old runners must go on working until everybody has moved
python backend/run_tests.py --fast
python3 auth_service/run_tests.py -x || exit 1
python scripts/run_all_tests.py --fail-fast | tee "$reports/all.log"
