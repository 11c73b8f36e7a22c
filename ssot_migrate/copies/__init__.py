"""Definitions that are the same: what makes them so, which one stays, and an import for the others."""
