"""The other of the two."""

from orders.tests.first_helpers import named, priced
