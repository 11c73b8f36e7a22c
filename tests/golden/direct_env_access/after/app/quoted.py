"""The import is still used, in text that is code: annotations, a doctest, a type comment.

>>> os.sep
'/'
"""

import os
from typing import cast

from shared.isolated_environment import get_env


def read(path: "os.PathLike[str]") -> str:
    return get_env()["APP_ROOT"]
