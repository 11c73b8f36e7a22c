import os


def check():
	if True:
		assert os.environ.get("CASE_U") is None
