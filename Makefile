# Clarion: every target sets up what it needs and says what it does. `make` alone lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help dist image lab lab-down test bench bench-footprint bench-controller bench-failover bench-bfd bench-bgp bench-simulation bench-jmh format clean prerequisites
MAKEFLAGS += --no-print-directory

MVN := build-support/mvn
MAIN_SOURCES := pom.xml $(foreach m,net config allocation announcement bgp arp-ndp linux kube telemetry controller speaker cli,$(m)/pom.xml $(m)/src/main) \
	deploy/dist deploy/launcher deploy/jvm
IMAGE_SOURCES := $(MAIN_SOURCES) deploy/image config-samples/lab.yaml

help: ## this list
	@echo "Clarion: load balancing for Kubernetes on bare metal"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

prerequisites: ## install the Debian packages that lab, image and tests need (as root); nothing when they are there
	@kind-e2e/lab/prerequisites

dist: ## the programs, as dist/bin/clarion-controller, clarion-speaker, clarion
	@if [ ! -x dist/bin/clarion ]; then rm -f build/stamps/dist; fi
	@build-support/once build/stamps/dist $(MAIN_SOURCES) -- deploy/dist

image: prerequisites dist ## the image, as dist/clarion.tar (AOT=off leaves the start-up cache out)
	@if [ ! -s dist/clarion.tar ]; then rm -f build/stamps/image; fi
	@build-support/once build/stamps/image $(IMAGE_SOURCES) -- env AOT=$${AOT:-on} deploy/image/build

lab: ## the main job: a real cluster, Clarion in it, a Service answered by layer 2 and by BGP; stays up
	@kind-e2e/tour/run

lab-down: ## take the lab down; nothing is left
	@kind-e2e/lab/lab down

test: ## everything that CI runs
	@build-support/test

bench: bench-footprint bench-controller bench-failover bench-bgp bench-simulation bench-jmh ## the figures; each prints a table and writes CSV under build/bench

bench-footprint: ## memory, start-up and threads of controller and speaker, as shipped, in a lab of its own
	@bench/footprint

bench-controller: ## 10,000 Services on a real API server, beside a bare client (SERVICES=n)
	@bench/controller

bench-failover: ## what it costs when an owner dies, freezes, is drained, comes back (EVENTS=D,K RUNS=n MINUTES=n; goes on where it stopped; bench/failover --help)
	@bench/failover

bench-bfd: ## false downs of BFD on a busy node, in real time and not (MINUTES=n; bench/bfd --help)
	@bench/bfd

bench-bgp: ## how soon routers hear, what is lost, what sessions weigh (EVENTS=G,R RUNS=n MINUTES=n; goes on where it stopped; bench/bgp --help)
	@bench/bgp

bench-simulation: ## the speakers' core in a simulated world, many seeds (RUNS=n; goes on where it ended)
	@bench/simulation

bench-jmh: ## the pure parts: address sets, planner, codecs
	@bench/jmh

format: ## format the Java sources
	@$(MVN) -q spotless:apply

clean: ## remove what the build made in this tree (caches outside stay)
	@rm -rf build dist
	@$(MVN) -q clean
