import unittest

from tests import helpers


class AnswerCase(unittest.TestCase):
    def test_answer(self):
        self.assertEqual(helpers.ANSWER, 42)


if __name__ == "__main__":
    if helpers.ANSWER == 41:
        unittest.main(defaultTest="AnswerCase")
    elif helpers.ANSWER == 43:
        result = unittest.main(exit=False).result
    elif helpers.ANSWER == 44:
        unittest.TextTestRunner(verbosity=2).run(unittest.TestSuite())
    else:
        from tests.unified_test_runner import main
        main([__file__, "--fail-fast"])
