# Everything a person types. The environment is made once, from the lock.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
QUARTER ?= 2025-26-q1
export PYTHONHASHSEED := 0

.PHONY: help book book-all test check cover mutants approve bench fuzz supply serve clean
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

book: $(VENV)/.ready  ## Build the bundled edition: England, every region and ICB
	$(BIN)/oversight build $(QUARTER)

book-all: $(VENV)/.ready  ## The same with every trust
	$(BIN)/oversight build $(QUARTER) --all

# The templates are run with their defaults by nbval, so that each opens by hand. Lax, because they
# hold no outputs to compare with; in the environment's own kernel, whatever others are installed;
# and in a second run, because the cells of a notebook share a kernel and have to stay on one worker,
# which would hold up the tests. The methods by hand have to give the outputs they hold, and matplotlib
# would add that it lists the machine's fonts, or has nowhere to keep the list: it is made before.
FONTS = MPLCONFIGDIR="$(CURDIR)/build/matplotlib"
test: $(VENV)/.ready  ## Run every test, and every template with its defaults
	$(BIN)/python -m pytest -n 2 --dist worksteal
	$(BIN)/python -m pytest -n 2 --dist loadfile --nbval-lax --nbval-current-env notebooks
	mkdir -p build/matplotlib
	$(FONTS) $(BIN)/python -c "import matplotlib.font_manager"
	$(FONTS) $(BIN)/python -m pytest -n 2 --dist loadfile --nbval --nbval-current-env book/methods

check: $(VENV)/.ready  ## Format, lint, types, import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

cover: $(VENV)/.ready  ## Say which lines of rules, intake and method no test of theirs reaches
	$(BIN)/python -m pytest -n 2 --dist worksteal tests/rules tests/intake tests/method tests/oracle tests/published --cov

mutants: $(VENV)/.ready  ## Plant mistakes in the method and see whether its tests notice; writes build/mutation.md
	$(BIN)/python -m tests.mutation

approve: $(VENV)/.ready  ## Write tests/approved again: what twenty pages say; read it before committing
	$(BIN)/python -m tests.report.approved

bench: $(VENV)/.ready  ## Measure what has a limit; writes build/bench.json and build/bench.md
	$(BIN)/python -m tests.bench

fuzz: $(VENV)/.ready  ## Give the readers 2,000 files gone wrong; writes build/fuzz.md
	$(BIN)/python -m tests.fuzz

supply: $(VENV)/.ready  ## List what we rest on (build/sbom.json, build/licences.md) and audit it
	$(BIN)/python -m tests.supply

serve: $(VENV)/.ready  ## Look at the built edition in a browser
	$(BIN)/python -m http.server --bind 127.0.0.1 --directory build/$(QUARTER)/html 8000

clean:  ## Remove what is derived, but not the environment
	rm -rf build
