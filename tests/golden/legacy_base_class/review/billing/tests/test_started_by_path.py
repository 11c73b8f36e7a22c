#!/usr/bin/env python3
import unittest

from test_framework.ssot.base_test_case import SSotBaseTestCase


class ByHandTest(SSotBaseTestCase):
    def test_by_hand(self):
        pass


if __name__ == "__main__":
    unittest.main()
