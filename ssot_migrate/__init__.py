"""ssot-migrate: move a large Python code base onto single sources of truth for its tests."""

__version__ = "0.1.0"
