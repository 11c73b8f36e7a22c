"""Base case for code that awaits."""

import asyncio
import unittest


class AsyncServiceTestCase(unittest.IsolatedAsyncioTestCase):
    """An async TestCase that fails if a test leaves tasks behind."""

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

    async def eventually(self, condition, turns=200):
        """Let other tasks run until ``condition()`` holds."""
        for _ in range(turns):
            if condition():
                return
            await asyncio.sleep(0)
        self.fail("condition never held")
