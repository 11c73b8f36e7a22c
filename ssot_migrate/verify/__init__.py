"""Proof by tests: one command before and after, compared. No other part runs code of a repository."""
