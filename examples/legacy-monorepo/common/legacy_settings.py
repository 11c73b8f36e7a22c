"""Names that old modules star-import. New code uses ``common.config``."""
from os import environ, getenv  # noqa: F401
from os.path import join  # noqa: F401

DEFAULT_PAGE_SIZE = int(getenv("HARBOR_PAGE_SIZE", "25"))
MAX_PAGE_SIZE = 200
