# The front door: every command sets up what it needs; a second time that costs well under a second.

# The first Python that fits: the dependencies are locked for 3.11 to 3.13. The system's own comes first where
# it can make environments: distributions build it with profiles, and everything takes a third less processor
# than on one that a version manager compiled plainly.
PYTHON := $(shell for p in /usr/bin/python3 python3 python3.11 python3.12 python3.13; do \
	"$$p" -c 'import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null \
	&& command -v "$$p" && break; done)
BIN := .venv/bin
# Each process that a test starts would compile the whole program anew where Python may keep no bytecode.
export PYTHONDONTWRITEBYTECODE :=
PYTEST := QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest
# Without a screen Qt would abort the process: the sample township is then drawn into files.
HEADLESS := $(if $(DISPLAY)$(WAYLAND_DISPLAY),,--headless)
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-config \
	--custom-compile-command "make lock"

.PHONY: help setup run test check lint types proof soak pictures bench lock

help:
	@echo "make run       set up, then open the window on a sample township (no display: draw it into files)"
	@echo "make test      set up, then the whole suite, with a real PostgreSQL"
	@echo "make check     lint, formatting and types, then make test"
	@echo "make proof     the promises of reliability, ten minutes at most (make soak: for hours)"
	@echo "make pictures  every page of the window to docs/pictures/"
	@echo "make bench     speed and size"
	@echo "make lock      lock the dependencies of pyproject.toml with their hashes"

setup:
ifeq ($(PYTHON),)
	@echo "setup: no Python 3.11, 3.12 or 3.13 was found; on Debian 12: apt-get install python3 python3-venv" >&2
	@exit 1
else
	@"$(PYTHON)" -m installer.setup
endif

run: setup
	$(BIN)/sanxiao demo $(HEADLESS)

test: setup
	$(PYTEST) -n 2 --dist worksteal -m "not proof and not soak"

check: lint types test

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

proof: setup
	$(PYTEST) -n 2 -m "proof or property" --hypothesis-profile proof

soak: setup
	$(PYTEST) -n 2 -m "proof or property or soak" --hypothesis-profile proof --timeout 0

pictures: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.pictures docs/pictures

bench: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench

# The locks hold no host and no path, so they serve every machine; tests/test_project.py looks.
lock: setup
	$(COMPILE) pyproject.toml -o installer/locks/program.txt
	$(COMPILE) pyproject.toml --extra dev -c installer/locks/program.txt -o installer/locks/dev.txt
	$(COMPILE) tests/bench/rivals/libraries.in -o tests/bench/rivals/libraries.txt
