"""Nobody here uses it, but it may still be used elsewhere: for review."""
