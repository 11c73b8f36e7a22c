import os


class A:
	def b(self):
		return os.environ["TAB"]