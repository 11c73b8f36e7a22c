"""Names that other files import from here stay."""

from unittest import TestCase

from test_framework.ssot.base_test_case import SSotBaseTestCase


class CompatTest(SSotBaseTestCase):
    pass
