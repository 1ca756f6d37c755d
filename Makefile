# Every chore of this tree, and nothing but make and a Python >= 3.10 to start from.
# Another interpreter: make setup PYTHON=python3.13

PYTHON ?= python3
VENV := .venv
PYTHONS := 3.10 3.11 3.12 3.13 3.14 3.15
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

# A new distribution is one more word here; tools/versions.py notices a forgotten one.
DISTRIBUTIONS := core orm dialects/sqlite dialects/postgresql dialects/mysql dialects/oracle migrations testing .
EDITABLES := $(foreach folder,$(DISTRIBUTIONS),--editable $(folder))
RECIPES := VERSION constraints.txt pyproject.toml $(wildcard */pyproject.toml dialects/*/pyproject.toml)

SETUP := $(VENV)/.setup-done
DOCS := $(VENV)/.docs-done

CHECKS := check-lint check-format check-types check-face check-layers check-house

.PHONY: help setup tour test test-quick pythons check $(CHECKS) fix generate docs bench constraints changelog clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(SETUP) ## Make .venv with everything a contributor needs

# pip must know dependency groups (25.1); hatchling is installed beside the packages so that
# nine editable installs need not build nine isolated environments. What others publish without a
# wheel for a new Python is built in one.
$(SETUP): $(RECIPES)
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 10) and "toolkit needs Python 3.10 or newer, and $(PYTHON) is %d.%d; try: make setup PYTHON=python3.12" % v[:2])'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PIP) 'pip>=25.1' 'hatchling>=1.27' 'editables>=0.5'
	$(PIP) --no-build-isolation $(EDITABLES)
	$(PIP) --group dev
	@touch $@

tour: setup ## See toolkit at work on SQLite
	@$(PY) examples/tour.py

test: setup ## Run all tests on the databases this machine can reach
	$(PY) -m tests.containers prepare
	$(PY) -m pytest -n 2

test-quick: setup ## Run the tests that need neither a server nor a package build
	$(PY) -m pytest -n 2 --servers=none --ignore tests/packaging

# Each in an environment of its own; pyenv has names for Pythons that it then refuses to start.
pythons: ## Run the quick tests on every supported Python that this machine has
	@for version in $(PYTHONS); do \
		"python$$version" -c '' 2>/dev/null || continue; \
		echo "Python $$version"; \
		$(MAKE) --no-print-directory test-quick PYTHON="python$$version" VENV=".cache/python$$version" || exit; \
	done

# -j2 runs the checks side by side; --output-sync keeps each one's words together.
check: setup ## Lint, format, types, layers and house rules
	@$(MAKE) --no-print-directory --jobs 2 --output-sync=target --keep-going $(CHECKS)

check-lint: setup
	$(PY) -m ruff check

check-format: setup
	$(PY) -m ruff format --check

check-types: setup
	$(PY) -m mypy

# constraints.txt decides the version, so pyright need not ask an index for a newer one.
check-face: setup
	PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(PY) -m pyright --project pyproject.toml

check-layers: setup
	$(VENV)/bin/lint-imports --cache-dir .cache/import_linter

check-house: setup
	$(PY) -m tools.house

fix: setup ## Let the tools repair what they can
	$(PY) -m ruff check --fix
	$(PY) -m ruff format
	$(PY) -m tools.generated

generate: setup ## Write all generated files anew
	$(PY) -m tools.generated

$(DOCS): $(SETUP)
	$(PIP) --group docs
	@touch $@

docs: $(DOCS) ## Build the documentation into docs/_build
	$(PY) -m sphinx --builder html --fail-on-warning --keep-going --quiet docs docs/_build/html
	@echo "Read it: docs/_build/html/index.html"

bench: setup ## Measure against the budget
	$(PY) -m benchmarks

constraints: setup ## Pin the newest versions that fit every supported Python
	$(PY) -m tools.constraints

changelog: $(DOCS) ## Show what the next release notes would say
	$(PY) -m towncrier build --draft --version "$$(cat VERSION)"

clean: ## Remove what can be made again
	rm -rf $(VENV) .cache build dist docs/_build .mypy_cache .pytest_cache .ruff_cache
