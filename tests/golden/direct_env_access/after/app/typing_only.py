from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


def read() -> Mapping[str, str]:
    from shared.isolated_environment import get_env
    import sys

    return {**get_env(), "EXE": sys.executable}
