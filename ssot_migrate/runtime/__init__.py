"""The SSOT runtime that migrated repositories own: its sources as data, and what the tool knows of them."""
