"""Async cases of the backend; started as a copy of ``common.testing.async_base``."""

import asyncio
import unittest


class AsyncServiceTestCase(unittest.IsolatedAsyncioTestCase):
    """An async TestCase that fails if a test leaves tasks behind."""

    timeout = 5.0

    async def asyncSetUp(self):
        await super().asyncSetUp()
        self._tasks_before = asyncio.all_tasks()

    async def asyncTearDown(self):
        started = asyncio.all_tasks() - self._tasks_before - {asyncio.current_task()}
        left = [task for task in started if not task.done()]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        self.assertEqual([], [task.get_name() for task in left], "tasks were left running")
        await super().asyncTearDown()

    async def within(self, awaitable):
        """``awaitable``'s result, or an error after ``timeout`` seconds."""
        return await asyncio.wait_for(awaitable, self.timeout)
