"""``[tool.ssot-migrate]`` of pyproject.toml, or ``ssot.toml``, frozen; unknown keys are errors."""

from ssot_migrate.settings.model import DEFAULT_EXCLUDES, CustomRule, Settings
from ssot_migrate.settings.reading import parse_settings

__all__ = ["DEFAULT_EXCLUDES", "CustomRule", "Settings", "parse_settings"]
