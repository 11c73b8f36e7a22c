"""Marks the root, so that pytest puts it on the import path."""
