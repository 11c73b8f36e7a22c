import contextlib

try:
    from ._version import version
except ImportError:
    version = "unknown"

with contextlib.suppress(ImportError):
    from .cart import Cart

from ._generated import table
