"""Another file goes through this module to os, so the import stays."""

import os


def read():
    return os.environ.get("APP_THROUGH")
