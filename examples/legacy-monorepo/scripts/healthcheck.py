#!/usr/bin/env python3
"""Docker's HEALTHCHECK: runs in an image where nothing of ours but this file is on the path."""
import json
import os
import sys
import urllib.request


def main():
    url = os.environ.get("HEALTH_URL", "http://127.0.0.1:%s/health" % os.environ.get("BACKEND_PORT", "8100"))
    try:
        with urllib.request.urlopen(url, timeout=float(os.getenv("HEALTH_TIMEOUT", "2"))) as answer:
            status = json.load(answer).get("status")
    except (OSError, ValueError) as error:
        print("unhealthy: %s" % error)
        return 1
    print(status)
    return 0 if status == "ok" else 1


if __name__ == "__main__":
    sys.exit(main())
