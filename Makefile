# The Line Between: run it, test it, measure it, export it. `make` alone says how.
PORT ?= 8501
DIR ?= exported
COUNT ?= 10000
MINUTES ?= 60
BOM ?= sbom.cdx.json

VENV := .venv
BIN := $(VENV)/bin
# Stamps, so that packages are installed once and again only when the pins change.
RUN_READY := $(VENV)/.ready-to-run
DEV_READY := $(VENV)/.ready-to-test
CHECKED := geodata story pages app.py
WORKERS ?= auto

export PYTHONPATH := .
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run develop test lint types unit browser engines deploy bench fuzz check exact-boundaries export handout
.PHONY: audit licences sbom clean

help:
	@echo "make run [PORT=8501]   serve the story on this machine"
	@echo "make develop           the same, noticing edits of the code"
	@echo "make test              lint, types, unit and browser tests, Firefox and WebKit, and those behind nginx"
	@echo "make bench             measure the budgets"
	@echo "make fuzz [COUNT=10000] [MINUTES=60] break the files of the story at random, and read them"
	@echo "make check             check the files of the story"
	@echo "make exact-boundaries  fetch exact tribal districts (needs internet) in the place of the approximate ones"
	@echo "make export [DIR=...]  write the story to a folder that needs no server"
	@echo "make handout [DIR=...] write handout, worksheets, teacher's notes (PDF) and slides (PPTX) to a folder"
	@echo "make sbom [BOM=...]    write the bill of materials of what is served, as CycloneDX"
	@echo "make licences          every library with its licence, held against those allowed"
	@echo "make audit             ask for known vulnerabilities (needs internet)"
	@echo "make clean             remove what make made"

# The first Python that starts, is new enough and can make a virtual environment.
$(BIN)/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making $(VENV) with $$($$python --version)"; \
			exec "$$python" -m venv $(VENV); \
		fi; \
	done; \
	echo "Found no Python 3.11 or newer that can make a virtual environment." >&2; \
	echo "Install one (on Debian and Ubuntu: python3 and python3-venv), then try again." >&2; \
	exit 1

$(RUN_READY): requirements.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	@touch $@

$(DEV_READY): requirements.txt requirements-dev.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --requirement requirements.txt --requirement requirements-dev.txt
	@touch $(RUN_READY) $@

run: $(RUN_READY)
	@echo "The Line Between: http://localhost:$(PORT)"
	@exec $(BIN)/python -m streamlit run app.py --server.port=$(PORT)

# The same, but it notices edits in the folders of the code.
develop: $(RUN_READY)
	@exec $(BIN)/python -m streamlit run app.py --server.port=$(PORT) --server.fileWatcherType=auto

test: lint types unit browser engines deploy

lint: $(DEV_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(DEV_READY)
	$(BIN)/mypy --strict $(CHECKED)

unit: $(DEV_READY)
	@$(BIN)/python -m tests.pango --install
	$(BIN)/python -m pytest -n $(WORKERS)

# A run of its own: Playwright keeps an event loop running, which other tests must not meet.
browser: $(DEV_READY)
	@chromium="$$($(BIN)/python -m tests.browser.chromium --install)" && \
		CHROMIUM="$$chromium" $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -m browser tests/browser

# The core of these in Firefox and in WebKit. Without the two this fails, and says that they are not tested.
engines: $(DEV_READY)
	@$(BIN)/python -m tests.engines.find --install
	$(BIN)/python -m pytest -n $(WORKERS) -m engines tests/engines

# nginx in front of the app, as .ci/deploy has it. Without nginx this fails, and says that it is not tested.
deploy: $(DEV_READY)
	@$(BIN)/python -m tests.deploy.nginx --install
	$(BIN)/python -m pytest -m deploy tests/deploy

bench: $(DEV_READY)
	@chromium="$$($(BIN)/python -m tests.browser.chromium --install)" && \
		CHROMIUM="$$chromium" $(BIN)/python -m tests.bench.bench

fuzz: $(DEV_READY)
	$(BIN)/python -m tests.fuzz --count $(COUNT) --minutes $(MINUTES)

check: $(RUN_READY)
	$(BIN)/python -m story.check

exact-boundaries: $(RUN_READY)
	$(BIN)/python -m geodata.exact

export: $(RUN_READY)
	$(BIN)/python -m story.export "$(DIR)"

handout: $(RUN_READY)
	$(BIN)/python -m story.handout "$(DIR)"

# Exit code 1: one is known. 3: the service gave no answer, so nothing was audited.
audit: $(DEV_READY)
	$(BIN)/python -m tests.supply.audit

licences: $(DEV_READY)
	$(BIN)/python -m tests.supply.licences

sbom: $(DEV_READY)
	$(BIN)/python -m tests.supply.sbom "$(BOM)"

clean:
	rm -rf $(VENV) exported sbom.cdx.json .pytest_cache .mypy_cache .ruff_cache .hypothesis
