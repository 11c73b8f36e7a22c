"""The Fixit peer: a rule of the repository's own."""
