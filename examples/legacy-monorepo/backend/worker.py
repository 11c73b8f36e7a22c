#!/usr/bin/env python3
"""Takes jobs as JSON lines on standard input and answers on standard output.

Started by path from the process manager, so it must not import anything of ours.
"""
import json
import os
import sys


def handle(job):
    kind = job.get("kind")
    if kind == "ping":
        return {"ok": True, "worker": os.environ.get("WORKER_NAME", "worker-0")}
    if kind == "env":
        return {"ok": job["name"] in os.environ, "value": os.getenv(job["name"])}
    if kind == "sum":
        return {"ok": True, "value": sum(job["numbers"])}
    return {"ok": False, "error": "unknown kind %r" % kind}


def main():
    limit = int(os.environ.get("WORKER_MAX_JOBS", "1000"))
    for count, line in enumerate(sys.stdin, 1):
        try:
            answer = handle(json.loads(line))
        except (ValueError, KeyError, TypeError) as error:
            answer = {"ok": False, "error": "%s: %s" % (type(error).__name__, error)}
        print(json.dumps(answer, sort_keys=True), flush=True)
        if count >= limit:
            return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
