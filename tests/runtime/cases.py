"""Test cases run by unittest itself, and what it tells of them."""

from __future__ import annotations

import unittest
from typing import TypeVar

from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase


def outcome(case: type[unittest.TestCase]) -> unittest.TestResult:
    """Run the tests of a class as unittest does."""
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return result


def told(result: unittest.TestResult) -> str:
    """All that a result says of failures and errors."""
    return "\n".join(text for _, text in [*result.errors, *result.failures])


T = TypeVar("T")
BASES = [SSotBaseTestCase, SSotAsyncTestCase]
