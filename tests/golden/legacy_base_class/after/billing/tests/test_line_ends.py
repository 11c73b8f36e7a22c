from test_framework.ssot.base_test_case import SSotBaseTestCase


class LineEndTest(SSotBaseTestCase):
	def test_line(self):
		pass