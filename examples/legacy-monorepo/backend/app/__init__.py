"""The support desk: tickets, agents, search and the HTTP interface."""
