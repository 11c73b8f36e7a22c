"""Test support for all services. Not shipped."""
