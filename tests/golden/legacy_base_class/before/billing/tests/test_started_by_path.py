#!/usr/bin/env python3
import unittest


class ByHandTest(unittest.TestCase):
    def test_by_hand(self):
        pass


if __name__ == "__main__":
    unittest.main()
