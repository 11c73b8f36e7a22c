"""In a namespace package: ``corp`` has no ``__init__.py``, and imports tell its name."""

from corp.storage.blobs import Blob
