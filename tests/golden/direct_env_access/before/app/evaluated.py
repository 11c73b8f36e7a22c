"""Code in a string that this module runs itself, and a name that it looks up."""

import os

ROOT = os.environ["APP_ROOT"]
exec("print(os)")
