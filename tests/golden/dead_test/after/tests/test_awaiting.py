"""Coroutines that nobody awaits, and those that somebody does."""

import unittest

import pytest


class TestPlain(unittest.TestCase):
    async def asyncSetUp(self):
        self.price = 3

    async def test_never_awaited(self):
        self.assertEqual(self.price, 4)


class TestAsyncHook(unittest.IsolatedAsyncioTestCase):
    async def setUp(self):
        self.price = 3

    async def test_awaited(self):
        self.assertEqual(self.price, 3)


class TestRunsItself(unittest.TestCase):
    def _callTestMethod(self, method):
        method().close()

    async def test_called_in_a_way_of_its_own(self):
        self.fail()


@pytest.mark.asyncio
async def test_marked():
    assert True is not False


async def test_mark_forgotten():
    assert False


class TestPytestStyle:
    async def setup_method(self):
        self.price = 3

    @pytest.mark.asyncio
    async def test_marked(self):
        assert self.price == 3
