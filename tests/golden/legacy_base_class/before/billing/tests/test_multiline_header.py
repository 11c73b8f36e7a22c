import abc
import unittest


class Amounts:
    pass


class HeaderTest(
    Amounts,  # the helper goes first
    unittest.TestCase,  # type: ignore[misc]
    metaclass=abc.ABCMeta,
):  # noqa: D101
    def test_header(self):
        pass
