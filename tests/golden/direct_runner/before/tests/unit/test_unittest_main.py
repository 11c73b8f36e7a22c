import unittest

from tests import helpers


class AnswerCase(unittest.TestCase):
    def test_answer(self):
        self.assertEqual(helpers.ANSWER, 42)


if __name__ == "__main__":
    unittest.main(verbosity=2)
