"""What one scan of every file adds up to: modules, classes, peers, and what the targets offer."""
