"""A synchronous publish and subscribe bus inside one process."""

from __future__ import annotations

import fnmatch
import logging
from collections.abc import Callable
from typing import Any

log = logging.getLogger(__name__)

Handler = Callable[[str, dict[str, Any]], None]


class EventBus:
    """Handlers by topic pattern; a handler that fails is logged and does not stop the others."""

    def __init__(self) -> None:
        self._handlers: list[tuple[str, Handler]] = []
        self.failures = 0

    def subscribe(self, pattern: str, handler: Handler) -> Callable[[], None]:
        """Call ``handler`` for each topic that fits ``pattern``; returns a function that ends it."""
        entry = (pattern, handler)
        self._handlers.append(entry)

        def unsubscribe() -> None:
            if entry in self._handlers:
                self._handlers.remove(entry)

        return unsubscribe

    def publish(self, topic: str, **payload: Any) -> int:
        """Hand ``payload`` to every handler of ``topic``; returns how many took it without an error."""
        delivered = 0
        for pattern, handler in list(self._handlers):
            if not fnmatch.fnmatchcase(topic, pattern):
                continue
            try:
                handler(topic, payload)
            except Exception:
                self.failures += 1
                log.exception("handler for %s failed", pattern)
            else:
                delivered += 1
        return delivered
