"""Agent events from the backend, as messages in the customer's browser."""

from __future__ import annotations

import os
from typing import Any

SHOWN = {
    "agent_started": "$agent is looking at your ticket",
    "agent_completed": "$agent has finished",
    "agent_failed": "$agent could not finish",
    "run_completed": "Your ticket has been processed",
}


class PushRelay:
    """Turns events into texts and sends those that are wanted."""

    def __init__(self, manager: Any):
        self.manager = manager
        self.ignored = 0

    def wanted(self, event: str) -> bool:
        muted = os.environ.get("NOTIFY_MUTE_EVENTS", "agent_started").split(",")
        return event in SHOWN and event not in muted

    async def on_event(self, user_id: str, event: str, **payload: Any) -> bool:
        if not self.wanted(event):
            self.ignored += 1
            return False
        text = SHOWN[event].replace("$agent", str(payload.get("agent", "An agent")))
        await self.manager.send_event(user_id, "push", text=text)
        return True
