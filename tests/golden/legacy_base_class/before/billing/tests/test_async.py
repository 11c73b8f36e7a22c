from unittest import IsolatedAsyncioTestCase


class QueueTest(IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.queue = []

    async def test_put(self):
        self.queue.append(1)
        self.assertEqual([1], self.queue)
