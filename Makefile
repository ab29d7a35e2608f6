# Two commands: `make demo` and `make test`. The rest is for people who work on it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: demo serve test nightly lint bench

# A made-up borough from roll to release on SQLite, then the site on http://127.0.0.1:$(PORT)/
demo: $(VENV)/run
	PORT=$(PORT) $(BIN)/python manage.py demo

# The site on the database that is there.
serve: $(VENV)/run
	PORT=$(PORT) $(BIN)/python manage.py serve

# Everything on SQLite, then what speaks of PostgreSQL and Redis with the real ones.
test: $(VENV)/dev
	.ci/with-services .ci/test

# The faults with their real figures, 200 random censuses, and thousands of mutants: a night.
nightly: $(VENV)/dev
	.ci/with-services .ci/nightly

lint: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/run
	$(BIN)/python -m benchmarks

$(VENV)/run: requirements.txt
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 is needed.')"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.txt
	touch $@

$(VENV)/dev: requirements-dev.txt $(VENV)/run
	$(PIP) -r requirements-dev.txt
	touch $@
