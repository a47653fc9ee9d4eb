# Leaf & Law / Hoja y ley. `make help` lists what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help site test bench audit serve check read preview format clean setup reproduce successors fuzz mutants

UV_VERSION := 0.13.8
UV := $(shell command -v uv 2>/dev/null || echo .cache/uv/bin/uv)
RUN := $(UV) run --frozen --quiet
export NO_MKDOCS_2_WARNING := 1
# Compiled modules are kept, out of the way: without them each command starts a second later.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/.cache/bytecode
# What is freed goes back to the system: the PDFs, which come last, need the most memory.
export MALLOC_TRIM_THRESHOLD_ := 131072
export DISABLE_MKDOCS_2_WARNING := true

help: ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

site: setup ## check everything and build both languages into site/
	@$(RUN) --no-dev python -m factbook publish

test: setup ## run the whole test suite, real browser included
	@bash tests/browser.sh
	@$(UV) sync --frozen --quiet
	@$(RUN) ruff check . && $(RUN) ruff format --check . && $(RUN) mypy
	@$(RUN) pytest -n 2 --dist loadgroup -q

audit: ## measure the finished site: axe on every page in every combination, Lighthouse (needs Node)
	@bash tests/browser.sh
	@$(UV) sync --frozen --quiet
	@ACCESS=full $(RUN) pytest -q tests/test_access.py
	@$(RUN) python tools/audit.py site

check: setup ## report every finding in data and chapters, in seconds
	@$(RUN) --no-dev python -m factbook check

bench: setup ## measure speed and scale, write docs/benchmark.md; QUICK=1 for a first look
	@$(UV) sync --frozen --quiet
	@$(RUN) python -m bench $(if $(QUICK),--quick)

read: setup ## report how the chapters read: length, sentences, readability
	@$(UV) sync --frozen --quiet
	@$(RUN) python -m factbook read

serve: setup ## live preview of both languages that follows edits
	@$(RUN) --no-dev python -m factbook serve

reproduce: setup ## build twice, under other circumstances; every byte has to be the same
	@$(RUN) --no-dev python tools/reproduce.py

successors: setup ## build under ProperDocs and Zensical, and tell what differs
	@$(RUN) --no-dev python successors/compare.py

fuzz: setup ## feed generated input to tables, pages and formulas for long
	@$(UV) sync --frozen --quiet
	@FUZZ_EXAMPLES=$${FUZZ_EXAMPLES:-20000} $(RUN) pytest -q tests/test_any_input.py -k "any or renamed"

mutants: setup ## change the code bit by bit; tests have to notice; SAMPLE=150 PARTS=dataset for a part
	@$(UV) sync --frozen --quiet --group mutation
	@$(RUN) --group mutation python tools/mutants.py $(if $(SAMPLE),--sample $(SAMPLE)) $(PARTS)

preview: ## show the finished site of the last `make site`
	@python3 -m http.server --directory site 8000

format: setup ## put Python files in order
	@$(UV) sync --frozen --quiet
	@$(RUN) ruff check --fix . && $(RUN) ruff format .

clean: ## remove what was built; the next build starts afresh
	rm -rf site .build .cache/charts mutants

setup: .cache/ready
	@true

.cache/ready: uv.lock
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$(python3 --version)." >&2; exit 1; }
	@mkdir -p .cache
	@[ -x "$$(command -v $(UV))" ] || { echo "Fetching uv $(UV_VERSION)"; \
	  python3 -m venv .cache/uv && .cache/uv/bin/pip install --quiet uv==$(UV_VERSION); }
	@echo "Setting up Python packages from uv.lock (once; the first check reads dictionaries, too)"
	@$(UV) sync --frozen --quiet --no-dev --inexact
	@touch .cache/ready
