# `make` alone lists what can be made.

PYTHON ?= python3
PORT ?= 8000
export PORT

# How to install packages of the system: as root, by sudo without asking, or not at all.
AS_ROOT := $(shell if [ "$$(id -u)" = 0 ]; then echo env; elif sudo -n true 2>/dev/null; then echo sudo; fi)
PIP := .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes
PYTEST := .venv/bin/pytest -x -n 2
COMPILE := .venv/bin/uv pip compile --quiet --generate-hashes --python-version 3.11 --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help setup run dev components test check verify format requirements
.PHONY: coverage mutants properties traceability bench-engine

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

setup: .venv/with-product  ## make the environment, the database and the demo clinic
	@.venv/bin/python manage.py prepare

run: setup  ## set up, then run broker, web, worker and beat until Ctrl-C (PORT=8000)
	@exec .venv/bin/python manage.py run

dev: .venv/with-tools  ## make the environment with the tools of development

components:  ## install from Debian what the tests use: browser, SMS gateway, databases
	@sh tests/components/install.sh $(AS_ROOT)

test: dev components  ## run the whole suite, on SQLite and on PostgreSQL
	env -u DATABASE_URL $(PYTEST)
	@.venv/bin/python -m tests.components.postgresql $(PYTEST)

coverage: dev  ## see that the tests take every branch of the rules
	@.venv/bin/python -m tests.mutation.covered

mutants: dev  ## break the rules in every small way; MODULES="schedules.guard" EVERY=20
	@.venv/bin/python -m tests.mutation --every $(or $(EVERY),1) $(MODULES)

properties: dev  ## try what holds for every history on 2,000 of them
	.venv/bin/pytest tests/schedules/test_properties*.py --hypothesis-profile=long

bench-engine: dev  ## measure a replay of ten years beside bare loops
	@.venv/bin/python -m tests.benchmarks.engine

traceability: dev  ## write down which test proves which rule
	.venv/bin/pytest --collect-only --quiet --write-traceability >/dev/null

check: verify test  ## run what CI runs: format, lint, types, imports, migrations, tests

verify: dev  ## run all of `check` but the tests
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/python manage.py makemigrations --check --dry-run

format: dev  ## format the code, and mend what can be mended
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

requirements: dev  ## compile requirements*.txt from requirements*.in
	UV_CUSTOM_COMPILE_COMMAND="make requirements" $(COMPILE) requirements.in --output-file requirements.txt
	UV_CUSTOM_COMPILE_COMMAND="make requirements" $(COMPILE) requirements-dev.in --output-file requirements-dev.txt

# Each file below is a stamp: newer than its list when what the list says is installed.

.venv/with-product: requirements.txt .venv/bin/python
	$(PIP) --requirement requirements.txt
	@touch $@

.venv/with-tools: requirements-dev.txt .venv/with-product
	$(PIP) --requirement requirements-dev.txt
	@touch $@

.venv/bin/python:
	@sh -c 'command -v $(PYTHON) && $(PYTHON) -c "import ensurepip, venv"' >/dev/null 2>&1 \
	  || { [ -n "$(AS_ROOT)" ] && $(AS_ROOT) apt-get update -qq && $(AS_ROOT) apt-get install -qq -y python3 python3-venv; } \
	  || { echo "Python's venv is missing: install the packages python3 and python3-venv." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv .venv
