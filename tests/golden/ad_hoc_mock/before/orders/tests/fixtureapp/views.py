"""A program that a test may start, or read: nothing imports it."""


class DummyView:
    """Answers what it was asked."""

    def render(self, name):
        return f"view {name}"
