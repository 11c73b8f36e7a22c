"""The Bowler peer: one query with two selectors, run as a script: ``python bowler_query.py PATH...``."""

import sys

from bowler import Query
from fissix.fixer_util import Name, touch_import


def environ(node, capture, filename):
    """``os.environ`` becomes ``get_env()``."""
    capture["module"].replace(Name("get_env()", prefix=capture["module"].prefix))
    capture["attribute"].remove()
    touch_import("shared.isolated_environment", "get_env", node)


def getenv(node, capture, filename):
    """``os.getenv(...)`` becomes ``get_env().get(...)``."""
    capture["module"].replace(Name("get_env()", prefix=capture["module"].prefix))
    capture["name"].replace(Name("get"))
    touch_import("shared.isolated_environment", "get_env", node)


if __name__ == "__main__":
    (
        Query(sys.argv[1:])
        .select("power< module='os' attribute=trailer< '.' 'environ' > any* >")
        .modify(environ)
        .select("power< module='os' trailer< '.' name='getenv' > trailer< '(' any* ')' > any* >")
        .modify(getenv)
        .execute(interactive=False, write=True, silent=True)
    )
