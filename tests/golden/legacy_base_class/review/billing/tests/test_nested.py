import sys

from test_framework.ssot.base_test_case import SSotBaseTestCase


class TestOuter:
    class TestInner(SSotBaseTestCase):
        def test_inner(self):
            pass


if sys.platform != "win32":

    class PosixTest(SSotBaseTestCase):
        def test_posix(self):
            pass
