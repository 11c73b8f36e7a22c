"""The command ``ssot-migrate``: the only place that prints and chooses exit codes."""

from ssot_migrate.cli.app import main

__all__ = ["main"]
