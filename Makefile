# Needs Python 3.11+, git and make; everything else goes into .venv.

ifndef PYTHON
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$name && break; done)
endif
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
BENCH := .venv-bench
RUNTIME := ssot_migrate/runtime/files
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help install versions test test-full lint types layers compliance unit docs docs-check demo bench changelog clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(INSTALLED): pyproject.toml
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11+ with venv found; set PYTHON" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

install: $(INSTALLED) ## .venv with the project and its tools

versions: $(INSTALLED) ## what is in use
	@$(BIN)/python --version
	@git --version
	@$(MAKE) --version | head -n 1
	@$(BIN)/python -m pip list --disable-pip-version-check --format=freeze --exclude-editable

test: lint types layers compliance unit ## all that a change must pass: lint, types, layers, own rules, quick tests

test-full: $(INSTALLED) ## fault injection, fuzzing, packaging, real servers
	$(BIN)/python -m pytest -m heavy -n $(WORKERS)

lint: $(INSTALLED) ## ruff: rules and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(INSTALLED) ## mypy --strict; the vendored sources as the repository that they will stand in
	$(BIN)/mypy
	cd $(RUNTIME) && $(CURDIR)/$(BIN)/mypy --config-file $(CURDIR)/pyproject.toml --exclude '^$$' .

layers: $(INSTALLED) ## the import contract of docs/architecture.md
	$(BIN)/lint-imports --no-cache --no-logo

compliance: $(INSTALLED) ## the project's own check, on what is staged: nothing is accepted
	$(BIN)/ssot-migrate check --staged --baseline ssot-baseline.txt

unit: $(INSTALLED) ## the quick tests; docs-check is among them
	$(BIN)/python -m pytest -m "not heavy" -n $(WORKERS)

docs: $(INSTALLED) ## write what the documentation takes from the code, goldens and example
	$(BIN)/python tools/gen_docs.py

docs-check: $(INSTALLED) ## that `make docs` would change nothing, and that documents tell the truth
	$(BIN)/python -m pytest tests/test_docs.py

demo: $(INSTALLED) ## plan, apply and init on the shipped legacy monorepo, its tests before and after
	$(BIN)/python tools/demo.py

$(BENCH)/installed: pyproject.toml bench/requirements.txt bench/requirements-semgrep.txt
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11+ with venv found; set PYTHON" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(BENCH)
	$(PYTHON) -m venv --clear $(BENCH)/semgrep
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --editable . -r bench/requirements.txt
	$(BENCH)/semgrep/bin/python -m pip install --quiet --disable-pip-version-check -r bench/requirements-semgrep.txt
	@touch $@

bench: $(BENCH)/installed ## us and our peers side by side: BENCH_ARGS="--size large", "--corpus DIR", "--help"
	$(BENCH)/bin/python bench/run.py $(BENCH_ARGS)

changelog: $(INSTALLED) ## the next release's notes, from changelog.d/
	$(BIN)/towncrier build --draft --version next

clean: ## forget .venv, caches and builds
	rm -rf $(VENV) $(BENCH) .bench build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
