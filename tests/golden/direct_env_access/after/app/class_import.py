"""An import in a class is an attribute of it, which others may use."""

from __future__ import annotations

from shared.isolated_environment import get_env


class Shell:
    import os

    home = get_env()["APP_HOME"]

    def join(self, name):
        return self.os.path.join(self.home, name)
