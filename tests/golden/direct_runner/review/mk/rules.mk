# included by another Makefile: not this folder is where it runs
included:
	python tests/unified_test_runner.py tests/unit
	python -m pytest
