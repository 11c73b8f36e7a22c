from test_framework.ssot.base_test_case import SSotAsyncTestCase


class QueueTest(SSotAsyncTestCase):
    async def asyncSetUp(self):
        self.queue = []

    async def test_put(self):
        self.queue.append(1)
        self.assertEqual([1], self.queue)
