import unittest


def check():
    assert True


Made = type("Made", (unittest.TestCase,), {"test_one": lambda self: None})
case = unittest.FunctionTestCase(check)


def with_base(base):
    class Inner(base):
        def test_inner(self):
            pass

    return Inner


class Outer:
    def make(self):
        class Local(unittest.TestCase):
            def test_local(self):
                pass

        return Local


class Computed(with_base(unittest.TestCase)):
    pass
