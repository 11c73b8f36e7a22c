"""Needs its service."""

from billing.invoice import Invoice


def invoice():
    return Invoice()
