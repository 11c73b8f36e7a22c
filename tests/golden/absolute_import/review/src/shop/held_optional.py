import contextlib

try:
    from shop._version import version
except ImportError:
    version = "unknown"

with contextlib.suppress(ImportError):
    from shop.cart import Cart

from shop._generated import table
