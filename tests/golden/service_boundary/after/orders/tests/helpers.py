"""Hands on what another service's tests have."""

from billing.tests.clocks import frozen

__all__ = ["frozen"]
