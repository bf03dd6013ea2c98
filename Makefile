# The front door: `make help` lists every target.
SHELL := /bin/bash -o pipefail
.DEFAULT_GOAL := help

# The flag keeps a newer JDK from warning about a library inside Maven itself.
MVN = JAVA_HOME="$(JDK)" MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow $(MAVEN_OPTS)" mvn -B -ntp -Dstyle.color=never $(MVN_FLAGS)
# One line for each module, and whatever goes wrong.
PROGRESS = awk '/^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]/ {n = $$NF; sub(/^\[INFO\] Building /, ""); sub(/ [0-9]+\.[0-9].*/, ""); print "== " n " " $$0; fflush()} /^\[ERROR\]/ {print; fflush()}'
JDK = $(shell tools/env/find-jdk.sh)
DIST := tools/cli/target/bpfman
NUDGE_DIST := tools/nudge/target/bpfman-nudge
NUDGE := $(NUDGE_DIST)/bin/bpfman-nudge
BUNDLE_FLAGS := --base olm/bases --manifests k8s/base --manifests k8s/webhook/service.yaml --manifests k8s/webhook/configuration.yaml \
  --manifests k8s/overlays/openshift/operator-roles.yaml \
  --examples k8s/samples/cluster/all-types.yaml --examples k8s/samples/cluster/pods.yaml --examples k8s/samples/cluster/config.yaml \
  --examples olm/bases/state-examples.yaml --nudge-files nudge-files
CATALOG_FLAGS := --template olm/templates/basic.yaml --bundle-dir olm/bundle --nudge-files nudge-files
comma := ,
BUILD_PACKAGES := mvn:maven
BPF_PACKAGES := clang:clang bpftool:bpftool ip:iproute2 ping:iputils-ping nsenter:util-linux
VM_PACKAGES := qemu-system-x86_64:qemu-system-x86 busybox:busybox-static cpio:cpio modprobe:kmod
KUBE_PACKAGES := openssl:openssl ss:iproute2 setsid:util-linux
KUBE_DIR := $(or $(BPFMAN_KUBE_CACHE),$(or $(XDG_CACHE_HOME),$(HOME)/.cache)/bpfman-kube)/up
ROOT := $(shell [ "$$(id -u)" -eq 0 ] && echo yes)
# Without Go the kube tier is left out; what is installed later counts at once.
GO := $(shell command -v go)

.PHONY: help build caches test test-unit test-kernel test-cluster test-vm vm-packages test-kube kube-up kube-down kube-programs peer-programs fuzz run bench bench-kube generate bundle catalog nudge nudge-demo olm-programs format lint ci clean jdk packages

help: ## List the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-14s %s\n", $$1, $$2}'

jdk:
	@tools/env/find-jdk.sh >/dev/null

packages:
	@tools/env/install-packages.sh $(BUILD_PACKAGES) $(BPF_PACKAGES)

build: jdk packages $(DIST)/.built caches ## Build everything into tools/cli/target/bpfman (no tests).

$(DIST)/.built: pom.xml $(shell find shared services tools k8s/samples \( -path '*/src/main/*' -o -name pom.xml -o -path 'k8s/samples/*' \) -type f 2>/dev/null)
	@echo "== building (the first time fetches libraries; a minute or two)"
	@$(MVN) package -DskipTests -Dskip.unit=true | $(PROGRESS)
	@touch $@
	@echo "== built into $(DIST)"

# Made again when a jar is newer; a build works without them.
caches: $(DIST)/.built
	@JAVA_HOME="$(JDK)" $(DIST)/libexec/prepare.sh tools/bench/src/main/bpf/bench.bpf.c

run: build $(if $(KUBE),kube-programs) ## Run everything on this host with sample programs and a live table (root). ONCE=1 checks once and ends, KUBE=1 applies to a Kubernetes API server (needs Go).
	@JAVA_HOME="$(JDK)" exec tools/demo/run.sh $(if $(ONCE),--once) $(if $(KUBE),--kube)

test: jdk packages ## Run every tier that this machine can run.
	@rm -rf */*/target/{surefire,failsafe}-reports
	@$(if $(GO),$(MAKE) --no-print-directory kube-programs peer-programs,echo "SKIPPED tiers kube and go: they run a Kubernetes API server$(comma) a name server and bpfman's Go client$(comma) built from source$(comma) which needs Go (https://go.dev/dl)")
	@if [ "$(ROOT)" = yes ]; then $(MVN) verify -Dit.excluded=vm$(if $(GO),,$(comma)kube$(comma)go) && $(MAKE) --no-print-directory vm-packages && tools/vm/test.sh; else \
	  echo "SKIPPED tiers kernel, cluster and vm: they load eBPF programs and make network namespaces, which needs root"; \
	  $(MVN) $(if $(GO),verify '-Dit.groups=(kube|go)&!kernel',test); fi
	@tools/env/test-summary.sh

test-unit: jdk packages ## Unit tests only.
	@$(MVN) test

test-kernel: jdk packages $(if $(GO),peer-programs) ## Tests on the running kernel only (root; those with bpfman's Go client need Go).
	@$(MVN) verify -Dskip.unit=true '-Dit.groups=kernel&!kube$(if $(GO),,&!go)'

test-cluster: jdk packages $(if $(GO),peer-programs) ## Tests with several JVMs only (root; those with a name server need Go).
	@$(MVN) verify -Dskip.unit=true '-Dit.groups=cluster$(if $(GO),,&!go)'

test-vm: jdk packages vm-packages ## Tests on Debian's 6.1 kernel in a virtual machine only: what this kernel may lack (root).
	@$(MVN) package -DskipTests -Dskip.unit=true -pl services/loader-verticle -am | $(PROGRESS)
	@tools/vm/test.sh
	@TIERS=vm tools/env/test-summary.sh

fuzz: jdk packages ## Maltreat a daemon and its parsers for MINUTES=5 (root); SEED= and ATTACK= repeat a finding.
	@[ "$(ROOT)" = yes ] || { echo "make fuzz loads eBPF programs, which needs root"; exit 1; }
	@$(MVN) package -DskipTests -Dskip.unit=true -pl services/loader-verticle -am | $(PROGRESS)
	@$(MVN) -q verify -pl services/loader-verticle -am -Dskip.unit=true -Dit.test=FuzzIT$(if $(SEED)$(ATTACK),,$(comma)EnduranceIT) -Dfailsafe.failIfNoSpecifiedTests=false \
	  -Dfuzz.seconds=$$(($(or $(MINUTES),5) * 60)) $(if $(SEED),-Dfuzz.seed=$(SEED)) $(if $(ATTACK),-Dfuzz.attack=$(ATTACK))

test-kube: jdk packages kube-programs ## Tests against a real Kubernetes API server only (needs Go; built from source the first time, 5 minutes).
	@$(MVN) verify -Dskip.unit=true -Dit.groups=kube
	@TIERS=kube tools/env/test-summary.sh

kube-programs:
	@tools/env/install-packages.sh $(KUBE_PACKAGES)
	@tools/kube/build.sh >/dev/null

peer-programs:
	@tools/peer/build.sh >/dev/null
	@tools/dns/build.sh >/dev/null

kube-up: kube-programs ## Start a Kubernetes control plane on the loopback, and say where its kubeconfig is.
	@tools/kube/control-plane.sh start "$(KUBE_DIR)"

kube-down: ## Stop it and remove all of it but the built programs.
	@tools/kube/control-plane.sh stop "$(KUBE_DIR)"

vm-packages:
	@tools/env/install-packages.sh $(VM_PACKAGES)

bench: BUILD_PACKAGES += cc:gcc openssl:openssl
bench: build vm-packages ## Measure against a C program with libbpf, and a chain against libxdp's design, side by side (root).
	@JAVA_HOME="$(JDK)" tools/bench/run.sh
	@tools/bench/chain.sh

bench-kube: build kube-programs ## Measure the operator with a real API server and NODES=1000 simulated nodes, and check its writes (needs Go).
	@JAVA_HOME="$(JDK)" tools/bench/run-kube.sh --nodes $(or $(NODES),1000) --applications $(or $(APPLICATIONS),10) $(if $(JSON),--json $(JSON))

generate: jdk packages ## Write k8s/crd anew from the beans of shared/api.
	@$(MVN) -q test -pl shared/api -am -Dtest=GeneratedFilesTest -Dsurefire.failIfNoSpecifiedTests=false -Dbpfman.generate=true
	@git status --short k8s/crd

$(NUDGE_DIST)/.built: pom.xml tools/nudge/pom.xml $(shell find tools/nudge/src/main -type f)
	@$(MVN) package -DskipTests -Dskip.unit=true -pl tools/nudge -am | $(PROGRESS)
	@touch $@

olm-programs:
	@tools/olm/build.sh >/dev/null

bundle: jdk packages olm-programs $(NUDGE_DIST)/.built ## Write olm/bundle anew and validate it (needs Go; CHECK=--check writes nothing and fails when it is old).
	@JAVA_HOME="$(JDK)" $(NUDGE) bundle $(BUNDLE_FLAGS) --output olm/bundle $(or $(CHECK),$(if $(SOURCE_DATE_EPOCH),--source-date-epoch "$(SOURCE_DATE_EPOCH)"))
	@tools/olm/validate.sh bundle olm/bundle

catalog: bundle ## Write olm/catalog of olm/templates and the bundle anew, and validate it.
	@JAVA_HOME="$(JDK)" $(NUDGE) catalog $(CATALOG_FLAGS) --output olm/catalog/bpfman-operator $(CHECK)
	@tools/olm/validate.sh catalog olm/catalog

nudge: jdk packages $(NUDGE_DIST)/.built ## Check nudge files, PipelineRuns, bundle and catalog, each alone and all together.
	@JAVA_HOME="$(JDK)" $(NUDGE) validate

nudge-demo: jdk packages olm-programs $(NUDGE_DIST)/.built ## Show on a copy what a new image of the agent changes, and what it builds.
	@JAVA_HOME="$(JDK)" tools/olm/nudge-demo.sh $(NUDGE) $(BUNDLE_FLAGS)

format: jdk packages ## Format all Java sources.
	@$(MVN) -q spotless:apply

lint: jdk packages ## Compile with all checks and verify the format; no tests.
	@$(MVN) -q verify -DskipTests -Dskip.unit=true

ci: jdk packages ## What continuous integration runs: every tier, none may be skipped, then the demo.
	@[ "$(ROOT)" = yes ] || { echo "make ci needs root: the kernel, cluster and vm tiers may not be skipped"; exit 1; }
	@$(MAKE) --no-print-directory kube-programs peer-programs
	@rm -rf */*/target/{surefire,failsafe}-reports
	@$(MVN) verify
	@touch $(NUDGE_DIST)/.built
	@$(MAKE) --no-print-directory nudge bundle catalog CHECK=--check
	@$(MAKE) --no-print-directory vm-packages
	@tools/vm/test.sh
	@touch $(DIST)/.built
	@$(MAKE) --no-print-directory run ONCE=1
	@$(MAKE) --no-print-directory run ONCE=1 KUBE=1
	@tools/env/test-summary.sh --strict

clean: jdk ## Remove everything that was built.
	@$(MVN) -q clean
