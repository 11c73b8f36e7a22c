"""Nobody uses it, and its day has passed."""
