"""What every changed file must pass before its plan is kept; each gate was once a real disaster."""
