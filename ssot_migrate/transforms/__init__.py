"""The migrations: one module (or package) each, declaring one ``transform``; nothing else lives here."""
