# Everything sets itself up: a new machine needs Python 3.11 or newer and make, nothing else.
PYTHON ?= python3
RUN := .venv/.installed
DEV := .venv/.installed-dev
INSTALL := .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: run test check chat bench soak lock demo-telegram demo-whatsapp demo-max

run: $(RUN)  ## serve the assistant with its web chat on SQLite, with demonstration data
	@POLIS_DEMO=$${POLIS_DEMO:-1} .venv/bin/python -m bot serve

chat: $(RUN)  ## talk to it in this terminal; CHAT="--repro" prints the transcript at the end
	@.venv/bin/python -m bot chat $(CHAT)

demo-telegram demo-whatsapp demo-max: demo-%: $(RUN)  ## chat as a user of a messenger, no token
	@.venv/bin/python -m tests.kit.trying $* $(TRY)

test: $(DEV)  ## run every test that this machine can
	@.venv/bin/python -m pytest -n auto --maxprocesses 4 --dist worksteal

check: $(DEV)  ## format, lint, types, layers, words and facts
	@.venv/bin/ruff format --check --quiet .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy
	@.venv/bin/python -m pytest tests/test_layers.py
	@.venv/bin/python -m bot check

bench: $(DEV)  ## measure, as ratios within one run
	@.venv/bin/python -m tests.bench

soak: $(DEV)  ## the long tests
	@.venv/bin/python -m pytest -m soak --soak

lock: $(DEV)  ## write the lock files anew from pyproject.toml
	@.venv/bin/python -m pip install --quiet uv
	@.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-annotate --no-header --quiet pyproject.toml -o requirements.lock
	@.venv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-emit-index-url --no-annotate --no-header --quiet pyproject.toml --group dev \
		-o requirements-dev.lock

# The stamps make nothing be done twice; a changed lock file brings the packages up to date.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Polis needs Python 3.11 or newer; name one: make run PYTHON=python3.12"; exit 1; }
	@echo "Setting up .venv (once, about a minute) ..."
	@$(PYTHON) -m venv .venv

$(RUN): requirements.lock | .venv/bin/python
	@$(INSTALL) -r requirements.lock
	@touch $@

$(DEV): requirements-dev.lock | .venv/bin/python
	@$(INSTALL) -r requirements-dev.lock
	@touch $@ $(RUN)
