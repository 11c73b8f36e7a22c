"""Names that other files import from here stay."""

from unittest import TestCase


class CompatTest(TestCase):
    pass
