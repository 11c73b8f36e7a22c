"""Invoices: lines, numbers, rounding."""
