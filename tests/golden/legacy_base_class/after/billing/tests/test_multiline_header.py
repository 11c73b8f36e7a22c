import abc

from test_framework.ssot.base_test_case import SSotBaseTestCase


class Amounts:
    pass


class HeaderTest(
    Amounts,  # the helper goes first
    SSotBaseTestCase,  # type: ignore[misc]
    metaclass=abc.ABCMeta,
):  # noqa: D101
    def test_header(self):
        pass
