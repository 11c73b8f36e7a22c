"""Requests in, answers out; knows nothing of sockets."""

from __future__ import annotations

import json
import os
import re
from typing import Any

from backend.app import settings, triage
from backend.app.context import UserContext
from backend.app.search import SearchIndex
from backend.app.tickets import IllegalTransition, NoSuchTicket, Status, TicketStore
from common import paging

Answer = tuple[int, dict[str, Any]]


class Api:
    """``handle`` is the only door."""

    def __init__(self, store: TicketStore, index: SearchIndex | None = None):
        self.store = store
        self.index = index or SearchIndex()
        self.routes = [
            ("GET", re.compile(r"^/health$"), self.health),
            ("GET", re.compile(r"^/tickets$"), self.list_tickets),
            ("POST", re.compile(r"^/tickets$"), self.create_ticket),
            ("GET", re.compile(r"^/tickets/(\w+)$"), self.get_ticket),
            ("POST", re.compile(r"^/tickets/(\w+)/status$"), self.move_ticket),
            ("POST", re.compile(r"^/tickets/(\w+)/replies$"), self.reply),
            ("GET", re.compile(r"^/search$"), self.search),
        ]

    def handle(self, method: str, path: str, user: UserContext, body: Any = None, query: dict | None = None) -> Answer:
        known = False
        for verb, pattern, handler in self.routes:
            match = pattern.match(path)
            if match is None:
                continue
            known = True
            if verb == method:
                return self._guarded(handler, user, body or {}, query or {}, match.groups())
        return (405, {"error": "method not allowed"}) if known else (404, {"error": "not found"})

    def _guarded(self, handler, user, body, query, arguments) -> Answer:
        try:
            return handler(user, body, query, *arguments)
        except NoSuchTicket as error:
            return 404, {"error": f"no ticket {error}"}
        except IllegalTransition as error:
            return 409, {"error": str(error)}
        except PermissionError as error:
            return 403, {"error": str(error)}
        except (KeyError, ValueError) as error:
            return 400, {"error": f"bad request: {error}"}

    def health(self, user, body, query) -> Answer:
        return 200, {"status": "ok", "env": os.environ.get("HARBOR_ENV", "dev"), "release": settings.RELEASE}

    def list_tickets(self, user, body, query) -> Answer:
        _demand(user, "ticket.read")
        status = Status(query["status"]) if "status" in query else None
        tickets = self.store.list(user.tenant, status)
        size = paging.page_size(query.get("size"))
        return 200, {"tickets": [_shown(ticket) for ticket in tickets[:size]], "total": len(tickets)}

    def create_ticket(self, user, body, query) -> Answer:
        _demand(user, "ticket.write")
        if len(body["body"]) > settings.Limits.body_chars:
            return 413, {"error": "the text is too long"}
        ticket = self.store.create(user.tenant, body["subject"], body["body"])
        priority, category = triage.classify(user.tenant, ticket.subject, ticket.body)
        ticket = self.store.classify(user.tenant, ticket.id, priority, category)
        self.index.add(ticket.id, f"{ticket.subject} {ticket.body}")
        return 201, _shown(ticket)

    def get_ticket(self, user, body, query, ticket_id) -> Answer:
        _demand(user, "ticket.read")
        shown = _shown(self.store.get(user.tenant, ticket_id))
        shown["replies"] = [{"author": author, "body": text} for author, text in self.store.replies(user.tenant, ticket_id)]
        return 200, shown

    def move_ticket(self, user, body, query, ticket_id) -> Answer:
        _demand(user, "ticket.write")
        return 200, _shown(self.store.move(user.tenant, ticket_id, Status(body["status"])))

    def reply(self, user, body, query, ticket_id) -> Answer:
        _demand(user, "ticket.reply")
        return 201, {"number": self.store.reply(user.tenant, ticket_id, user.user_id, body["body"])}

    def search(self, user, body, query) -> Answer:
        _demand(user, "ticket.read")
        own = {ticket.id for ticket in self.store.list(user.tenant)}
        return 200, {"ids": [key for key in self.index.search(query["q"]) if key in own]}


def _demand(user: UserContext, permission: str) -> None:
    if not user.may(permission):
        raise PermissionError(f"{user.user_id} may not {permission}")


def _shown(ticket) -> dict[str, Any]:
    return json.loads(json.dumps({
        "id": ticket.id, "subject": ticket.subject, "status": ticket.status.value,
        "priority": ticket.priority, "category": ticket.category,
    }))
