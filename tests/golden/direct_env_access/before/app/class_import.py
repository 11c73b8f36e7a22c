"""An import in a class is an attribute of it, which others may use."""

from __future__ import annotations


class Shell:
    import os

    home = os.environ["APP_HOME"]

    def join(self, name):
        return self.os.path.join(self.home, name)
