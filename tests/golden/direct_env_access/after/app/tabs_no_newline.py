from shared.isolated_environment import get_env


class A:
	def b(self):
		return get_env()["TAB"]