from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def read() -> Mapping[str, str]:
    import os
    import sys

    return {**os.environ, "EXE": sys.executable}
