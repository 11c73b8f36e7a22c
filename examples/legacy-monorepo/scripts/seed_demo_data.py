#!/usr/bin/env python3
"""Puts a few tickets into the database that BACKEND_DATABASE_URL names."""
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from backend.app.tickets import TicketStore  # noqa: E402
from common import database  # noqa: E402

TICKETS = [
    ("Cannot log in", "My password is wrong, they say."),
    ("Invoice twice", "I was charged twice in March."),
    ("Site down", "Everything times out since noon."),
]


def main():
    tenant = os.environ.get("HARBOR_TENANT", "demo")
    store = TicketStore(database.connect(os.environ["BACKEND_DATABASE_URL"]))
    for subject, body in TICKETS:
        store.create(tenant, subject, body)
    print("%d tickets for %s" % (len(TICKETS), tenant))
    store.connection.close()


if __name__ == "__main__":
    main()
