"""Log lines as JSON in production and as text everywhere else."""
from __future__ import annotations

import json
import logging
from os import environ, getenv as g  # noqa: I001

DEFAULT_LEVEL = "INFO"


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "service": environ.get("HARBOR_SERVICE", "unknown"),
        }
        if record.exc_info:
            entry["error"] = self.formatException(record.exc_info).splitlines()[-1]
        return json.dumps(entry, sort_keys=True)


def level() -> int:
    """The level that ``LOG_LEVEL`` names; an unknown name means INFO."""
    name = g("LOG_LEVEL", DEFAULT_LEVEL).upper()
    value = logging.getLevelName(name)
    return value if isinstance(value, int) else logging.INFO


def formatter() -> logging.Formatter:
    if environ.get("HARBOR_ENV") == "prod" or g("LOG_FORMAT") == "json":
        return JsonFormatter()
    return logging.Formatter("%(levelname)s %(name)s: %(message)s")


def configure(logger: logging.Logger) -> logging.Handler:
    """Give ``logger`` one handler of ours and return it."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter())
    logger.handlers = [handler]
    logger.setLevel(level())
    logger.propagate = False
    return handler
