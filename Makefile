# Everything is set up by itself in .venv; `make help` lists what can be done.
#
# PYTHON   the interpreter that .venv is made with (3.11 or newer)
# ARGS     more arguments for pytest: make test ARGS="tests/cli -k history"

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

# As many processes as processors, within reason for the memory: each takes up to 2 GB.
PYTEST := QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto --maxprocesses 8 --dist worksteal

PIP    := $(BIN)/python -m pip --disable-pip-version-check

APP_ID := io.github.lookalike.Lookalike
DATA   := $(or $(XDG_DATA_HOME),$(HOME)/.local/share)

# Or each of the hundreds of programs that the tests start would compile all of its modules anew.
unexport PYTHONDONTWRITEBYTECODE

# Stamps: .venv is filled again only when pyproject.toml has changed.
RUN    := $(VENV)/ready-to-run
TEST   := $(VENV)/ready-to-test
BENCH  := $(VENV)/ready-to-bench

# Whether .venv is there already decides which interpreter counts.
MADE   := $(wildcard $(BIN)/python)

define PREPARE
@sh scripts/check-system.sh $(or $(MADE),$(PYTHON))
@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
endef

.DEFAULT_GOAL := help
.PHONY: help desktop run setup test faults nightly check bench translations pictures

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(RUN)  ## set everything up and open the window
	$(BIN)/lookalike

setup: $(RUN)  ## set everything up, open nothing
	@echo "Ready: $(BIN)/lookalike"

test: $(TEST)  ## set up the tests and run all of them, without a screen
	$(PYTEST) $(ARGS)

faults: $(TEST)  ## kills, full disks, damaged and hostile files: the tests of these alone
	$(PYTEST) -m faults $(ARGS)

nightly: $(TEST)  ## the same in its long form, with many more kills, damages and hostile files
	LOOKALIKE_NIGHTLY=1 $(PYTEST) -m faults --timeout=3600 $(ARGS)

check: $(TEST)  ## lint, format, types, import directions, spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

desktop: $(RUN)  ## put Lookalike into the menu of this desktop, with pictures it opens
	install -D -m 644 resources/icons/lookalike.svg "$(DATA)/icons/hicolor/scalable/apps/$(APP_ID).svg"
	install -D -m 644 resources/desktop/$(APP_ID).metainfo.xml "$(DATA)/metainfo/$(APP_ID).metainfo.xml"
	mkdir -p "$(DATA)/applications"
	sed 's|^Exec=lookalike|Exec="$(CURDIR)/$(BIN)/lookalike"|' resources/desktop/$(APP_ID).desktop \
		> "$(DATA)/applications/$(APP_ID).desktop"

translations: $(TEST)  ## bring the .ts and .qm files in step with the texts of the window
	$(BIN)/python scripts/translations.py

pictures: $(TEST)  ## make the pictures of the guide again: make pictures PHOTOS=a folder of real photos
	$(BIN)/python scripts/guide_pictures.py "$(PHOTOS)"

bench: $(BENCH)  ## run every benchmark; each prints one line of JSON
	@for benchmark in $$(grep -l __main__ benchmarks/*.py); do $(BIN)/python "$$benchmark" || exit 1; done

$(RUN): pyproject.toml
	$(PREPARE)
	@echo "Installing Lookalike and its libraries into $(VENV) (about 0.8 GB) ..."
	$(PIP) install --editable '.[formats]'
	@touch $@

$(TEST): pyproject.toml
	$(PREPARE)
	@echo "Installing Lookalike, PyTorch and the test tools into $(VENV) (about 7 GB) ..."
	$(PIP) install --editable '.[formats,train,dev]'
	@touch $@ $(RUN)

$(BENCH): $(TEST)
	@echo "Installing what Lookalike is compared with into $(VENV) ..."
	$(PIP) install --editable '.[formats,train,dev,bench]'
	@touch $@

# An existing .venv keeps its interpreter; asking for another one must not be ignored in silence.
ifneq ($(origin PYTHON),file)
ifneq ($(MADE),)
VERSION := -c 'import platform; print("Python", platform.python_version())'
ASKED   := $(shell $(PYTHON) $(VERSION))
THERE   := $(shell $(MADE) $(VERSION))
ifeq ($(ASKED),)
$(error There is no $(PYTHON) on this machine)
endif
ifneq ($(ASKED),$(THERE))
$(error $(VENV) was made with $(THERE), and $(PYTHON) is $(ASKED): delete the folder $(VENV) and try again)
endif
endif
endif
