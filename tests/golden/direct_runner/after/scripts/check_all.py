"""Runs the tests by means that only the team knows of."""
