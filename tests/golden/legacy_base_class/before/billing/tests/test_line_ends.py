import unittest


class LineEndTest(unittest.TestCase):
	def test_line(self):
		pass