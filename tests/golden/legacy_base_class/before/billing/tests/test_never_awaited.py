import unittest


class NeverRan(unittest.TestCase):
    async def test_wrong(self):
        self.fail("this passes today")


class AsyncMixin:
    async def test_mixed_in(self):
        raise AssertionError


class MixedIn(AsyncMixin, unittest.TestCase):
    pass


class NeverCalled(unittest.TestCase):
    async def asyncSetUp(self):
        self.ready = True

    def test_ready(self):
        self.assertFalse(hasattr(self, "ready"))
