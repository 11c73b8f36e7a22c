import unittest


# ssot: allow[legacy-base-class] shown to newcomers as it is
class TutorialTest(unittest.TestCase):
    def test_tutorial(self):
        pass
