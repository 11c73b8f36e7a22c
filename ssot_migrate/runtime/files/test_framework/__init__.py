"""The test framework of this repository."""
