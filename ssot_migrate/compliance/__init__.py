"""What `check` says of a plan: the score, what a baseline accepts, which tests ran, how adoption went."""
