# Clarion: every target sets up what it needs and says what it does. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help dist image lab lab-down test format clean

MVN := build-support/mvn

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

format: ## format the Java sources
	$(MVN) -q spotless:apply

clean: ## remove what the build made in this tree (caches outside stay)
	rm -rf build dist
	$(MVN) -q clean
