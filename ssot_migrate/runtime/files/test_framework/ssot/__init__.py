"""The single source of truth of test infrastructure: one base, one mock factory, one of each utility."""
