# Everything a person types. The environment is made once, from the lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
QUARTER ?= 2025-26-q1
export PYTHONHASHSEED := 0

.PHONY: help book book-all test check bench serve clean
.DEFAULT_GOAL := help

help:  ## Say what can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# Hashes are checked; compiled once, so that no process parses the sources again.
$(VENV)/.ready: requirements.lock pyproject.toml
	@echo "Making the environment in $(VENV) (once; about two minutes)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed; try: make PYTHON=python3.11 ...")'
	@rm -rf $(VENV) && $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --progress-bar on --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q -j0 $(VENV)/lib oversight_lib || true
	@touch $@
	@echo "The environment is in $(VENV); its command is $(BIN)/oversight"

.venv: $(VENV)/.ready

book: $(VENV)/.ready  ## Build the bundled edition: England, every region, ICB and trust
	$(BIN)/oversight build $(QUARTER) --all

book-all: book  ## The same: every page is in the default edition

test: $(VENV)/.ready  ## Run every test
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(VENV)/.ready  ## Format, lint, types, import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

serve: $(VENV)/.ready  ## Look at the built edition in a browser
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/$(QUARTER)/html 8000

clean:  ## Remove what is derived, but not the environment
	rm -rf build
