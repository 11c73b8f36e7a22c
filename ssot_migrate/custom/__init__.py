"""A team's own rules: described in its settings, or written in Python by a package that it installs."""
