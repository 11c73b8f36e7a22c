"""The import is still used, in text that is code: annotations, a doctest, a type comment.

>>> os.sep
'/'
"""

import os
from typing import cast


def read(path: "os.PathLike[str]") -> str:
    return os.environ["APP_ROOT"]
