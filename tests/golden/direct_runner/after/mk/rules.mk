# included by another Makefile: not this folder is where it runs
included:
	python -m pytest tests/unit
	python -m pytest
