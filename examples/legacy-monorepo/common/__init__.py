"""Code that every Harborline service may import.

Nothing in here imports from a service.
"""
