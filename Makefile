# Learning City Scorecard. `make run` and `make test` each do all the set-up on a fresh clone.
# Works with GNU make 3.81 (macOS) and later.

.DEFAULT_GOAL := help
.PHONY: help run serve test check bench soak lock sbom clean

# The newest Python from 3.11 on; `make PYTHON=/path/to/python3 run` chooses another.
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	command -v $$name >/dev/null 2>&1 || continue; \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$name; break; }; done)
VENV := .venv
IN := $(VENV)/bin
DEFAULT_DATA := .data
PORT ?= 8501
SCORECARD_DATA ?= $(CURDIR)/$(DEFAULT_DATA)

help:
	@echo "make run    start the application in the browser"
	@echo "make serve  start it for many people who sign in (docs/operate.md says what to set)"
	@echo "make test   run all tests that this machine can run"
	@echo "make check  lint and types"
	@echo "make bench  measure speed and memory, as ratios"
	@echo "make soak   the long forms of the tests"
	@echo "make lock   pin the requirements anew, with hashes"
	@echo "make sbom   write the bill of materials, build/sbom.json"
	@echo "make clean  remove the environment (kept data stays)"

# One stamp a lock file: installed again only when the pinned versions change.
$(VENV)/run.stamp: requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found. Install it from your system's packages or python.org."; exit 1; }
	@test -x $(IN)/python || "$(PYTHON)" -m venv $(VENV)
	@echo "Installing the pinned requirements ..."
	@$(IN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock $(VENV)/run.stamp
	@echo "Installing the pinned test requirements ..."
	@$(IN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# Peers of the benchmarks live in an environment of their own, without what they ask for and never use.
$(VENV)/peers.stamp: requirements-peers.lock $(VENV)/run.stamp
	@test -x $(VENV)/peers/bin/python || "$(PYTHON)" -m venv $(VENV)/peers
	@echo "Installing the pinned peers of the benchmarks ..."
	@$(VENV)/peers/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-peers.lock
	@touch $@

# The store is checked first: where it would not be safe to run, one sentence says why.
run: $(VENV)/run.stamp
	@SCORECARD_DATA="$(SCORECARD_DATA)" $(IN)/python -m actions where
	@SCORECARD_DATA="$(SCORECARD_DATA)" $(IN)/python -m streamlit run app.py

serve: $(VENV)/run.stamp
	@SCORECARD_MODE=shared SCORECARD_DATA="$(SCORECARD_DATA)" $(IN)/python serve.py --port "$(PORT)"

# Two runs side by side, since one keeps only one core busy; what the second one says follows at the end.
BESIDE := tests/actions tests/pages tests/store
TESTS :=
test: $(VENV)/dev.stamp
	@said=$$(mktemp); \
	$(IN)/python -m pytest --durations=25 $(BESIDE) > "$$said" 2>&1 & other=$$!; \
	$(IN)/python -m pytest --durations=25 $(TESTS) $(BESIDE:%=--ignore=%); first=$$?; \
	wait $$other; second=$$?; cat "$$said"; rm -f "$$said"; \
	test $$first -eq 0 -a $$second -eq 0

check: $(VENV)/dev.stamp
	$(IN)/ruff check .
	$(IN)/ruff format --check .
	$(IN)/mypy --strict scoring indicators store reports actions locales sample_data

bench: $(VENV)/dev.stamp $(VENV)/peers.stamp
	@$(IN)/python -m tests.bench

soak: $(VENV)/dev.stamp
	@SCORECARD_SOAK=1 $(IN)/python -m pytest
	@SCORECARD_SOAK=1 $(IN)/python -m tests.bench crowd

lock: $(VENV)/dev.stamp
	$(IN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --output-file requirements.lock requirements.txt
	$(IN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --constraint requirements.lock --output-file requirements-dev.lock requirements-dev.txt
	$(IN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-deps --output-file requirements-peers.lock requirements-peers.txt

sbom: $(VENV)/run.stamp
	@mkdir -p build
	@$(IN)/python .ci/sbom.py > build/sbom.json
	@echo "The bill of materials is in build/sbom.json."

clean:
	rm -rf $(VENV)
