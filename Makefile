# Thin recipes: what they do is in packaging/dev.py, which works without make and on Windows too.
PYTHON ?= python3
DEV := $(PYTHON) packaging/dev.py

# What to open, and what else to hand to pytest: make run SOURCE=plugins.toml, make test ARGS="-k order"
SOURCE ?=
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run test matrix lint check bench package smoke wheel screenshots clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## open the explorer (SOURCE=… opens something else than containerd's graph)
	@$(DEV) run $(if $(SOURCE),"$(SOURCE)")

test: ## run the tests (ARGS="…" are handed to pytest)
	@$(DEV) test $(ARGS)

matrix: ## run the tests on every supported Python of this machine
	@$(DEV) matrix

lint: ## check format, lint, types and import contracts
	@$(DEV) lint

check: ## the whole law: lint, then test (PYTHON=… names another Python)
	@$(DEV) check

bench: ## print the numbers that the design holds the program to
	@$(DEV) bench $(ARGS)

package: ## build the program folder that needs no Python (dist/plugscope)
	@$(DEV) package

smoke: ## start what `make package` built on a virtual screen
	@$(DEV) smoke

wheel: ## build the wheel (dist/)
	@$(DEV) wheel

screenshots: ## take the pictures of the README (docs/images)
	@$(DEV) screenshots

clean: ## remove .venv and its like, caches and everything built
	@$(DEV) clean
