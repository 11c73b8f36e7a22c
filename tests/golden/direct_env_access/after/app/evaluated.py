"""Code in a string that this module runs itself, and a name that it looks up."""

import os

from shared.isolated_environment import get_env

ROOT = get_env()["APP_ROOT"]
exec("print(os)")
