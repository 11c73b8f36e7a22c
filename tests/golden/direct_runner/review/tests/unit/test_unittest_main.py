import unittest

from tests import helpers


class AnswerCase(unittest.TestCase):
    def test_answer(self):
        self.assertEqual(helpers.ANSWER, 42)


if __name__ == "__main__":
    from tests.unified_test_runner import main
    raise SystemExit(main([__file__, "-v"]))
