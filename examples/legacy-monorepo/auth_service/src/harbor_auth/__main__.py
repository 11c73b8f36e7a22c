"""``harbor-auth issue SUBJECT`` and ``harbor-auth verify TOKEN``, for scripts."""
import json
import os
import sys

from harbor_auth import tokens


def main(argv=None):
    arguments = sys.argv[1:] if argv is None else argv
    if len(arguments) != 2 or arguments[0] not in ("issue", "verify"):
        print("usage: harbor-auth issue SUBJECT | verify TOKEN", file=sys.stderr)
        return 2
    if arguments[0] == "issue":
        print(tokens.issue(arguments[1], host=os.environ.get("HOSTNAME", "unknown")))
        return 0
    try:
        print(json.dumps(tokens.verify(arguments[1]), sort_keys=True))
    except tokens.TokenError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
